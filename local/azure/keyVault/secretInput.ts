import { z } from "zod";

/** What a caller may say of a secret besides its value. Left out means: as it was. Times are Unix seconds. */
export interface SecretChange {
  readonly contentType?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
  readonly notBefore?: number | undefined;
  readonly expires?: number | undefined;
}

export interface SecretInput {
  readonly value: string;
  readonly change: SecretChange;
}

/** What is wrong with a secret, in words that never quote its value. */
export class SecretProblem extends Error {}

const maximumValueBytes = 25 * 1024;
const maximumContentType = 255;
const maximumTags = 15;
const maximumTagLength = 256;
const namePattern = /^[0-9a-zA-Z-]{1,127}$/;

const seconds = z.number().int().nonnegative().nullish();
const changeBody = z.object({
  contentType: z.string().nullish(),
  attributes: z.object({ enabled: z.boolean().nullish(), nbf: seconds, exp: seconds }).nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
});
const valueBody = z.object({ value: z.string() });

/** Reads `{value, contentType?, attributes?, tags?}`. @throws SecretProblem */
export function secretInput(body: unknown): SecretInput {
  const parsed = valueBody.safeParse(body);
  if (!parsed.success) {
    throw new SecretProblem("Property value is required and must be a string.");
  }
  const { value } = parsed.data;
  if (Buffer.byteLength(value) > maximumValueBytes) {
    throw new SecretProblem(
      `Property value has ${Buffer.byteLength(value)} bytes; a secret takes at most ${maximumValueBytes}.`,
    );
  }
  return { value, change: secretChange(body) };
}

/** Reads `{contentType?, attributes?, tags?}`. @throws SecretProblem */
export function secretChange(body: unknown): SecretChange {
  const parsed = changeBody.safeParse(body ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SecretProblem(`Property ${issue?.path.join(".") ?? ""} has invalid value: ${issue?.message ?? ""}.`);
  }
  const { contentType, attributes, tags } = parsed.data;
  checkContentType(contentType ?? "");
  checkTags(tags ?? {});
  const notBefore = attributes?.nbf ?? undefined;
  const expires = attributes?.exp ?? undefined;
  if (notBefore !== undefined && expires !== undefined && expires <= notBefore) {
    throw new SecretProblem(`Property attributes.exp (${expires}) must be later than attributes.nbf (${notBefore}).`);
  }
  return {
    contentType: contentType ?? undefined,
    tags: tags ?? undefined,
    enabled: attributes?.enabled ?? undefined,
    notBefore,
    expires,
  };
}

/** @throws SecretProblem */
export function checkSecretName(name: string): void {
  if (!namePattern.test(name)) {
    throw new SecretProblem(`The request URI contains an invalid name: ${name}`);
  }
}

function checkContentType(contentType: string): void {
  if (contentType.length > maximumContentType) {
    throw new SecretProblem(
      `Property contentType has ${contentType.length} characters; it takes at most ${maximumContentType}.`,
    );
  }
}

function checkTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  if (entries.length > maximumTags) {
    throw new SecretProblem(`Property tags has ${entries.length} tags; a secret takes at most ${maximumTags}.`);
  }
  const long = entries.find(([name, value]) => name.length > maximumTagLength || value.length > maximumTagLength);
  if (long !== undefined) {
    throw new SecretProblem(
      `Tag ${long[0].slice(0, maximumTagLength)} is too long; names and values take at most ${maximumTagLength} characters.`,
    );
  }
}
