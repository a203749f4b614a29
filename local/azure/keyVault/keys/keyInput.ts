import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { badParameter, notInLocalAzure } from "../errors";
import { secretChange } from "../secretInput";
import { readBody } from "../vaultContext";
import { kindOf, privateKeyOf } from "./keyMaterial";
import { curves, keyOperations, rsaSizes, type KeyKind, type KeyOperation } from "./keyRecord";
import type { KeyChange } from "./keys";

const exportable = z.object({ exportable: z.boolean().nullish() }).nullish();
const createBody = z.object({
  kty: z.string(),
  key_size: z.number().nullish(),
  crv: z.string().nullish(),
  public_exponent: z.number().nullish(),
  attributes: exportable,
  release_policy: z.unknown().optional(),
});
const importBody = z.object({
  Hsm: z.boolean().nullish(),
  key: z.record(z.string(), z.unknown()),
  attributes: exportable,
  release_policy: z.unknown().optional(),
});
const operationsBody = z.object({ key_ops: z.array(z.string()).nullish() });

const usualExponent = 65537;

const invalid = (property: string, given: unknown, allowed: string) =>
  badParameter(`Property ${property} has invalid value ${JSON.stringify(given ?? null)}; it takes ${allowed}.`);

/** What kind of key a client wants. @throws ServiceError 400, 501 for what this vault lacks */
export function wantedKind(body: unknown): KeyKind {
  const { kty, key_size: size, crv, public_exponent: exponent, ...rest } = readBody(createBody, body);
  refuseRelease(rest);
  refuseHardware(kty);
  if (kty === "RSA") {
    const wanted = rsaSizes.find((each) => each === (size ?? 2048));
    if (wanted === undefined) throw invalid("key_size", size, rsaSizes.join(", "));
    if (exponent != null && exponent !== usualExponent) {
      throw notInLocalAzure(`the public exponent ${exponent}: its keys have ${usualExponent}`);
    }
    return { kty, size: wanted };
  }
  if (kty !== "EC") throw invalid("kty", kty, "RSA or EC");
  const curve = curves.find((each) => each === (crv ?? "P-256"));
  if (curve === undefined) throw invalid("crv", crv, curves.join(", "));
  return { kty, curve };
}

/** The key that a client sends. @throws ServiceError 400, in words that never quote it; 501 for what this vault lacks */
export function importedKey(body: unknown): { readonly kind: KeyKind; readonly key: KeyObject } {
  const { Hsm: hsm, key: given, ...rest } = readBody(importBody, body);
  refuseRelease(rest);
  refuseHardware(hsm === true ? "RSA-HSM" : given["kty"]);
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  let key: KeyObject;
  try {
    key = privateKeyOf(Object.fromEntries(texts));
  } catch {
    throw badParameter("Property key must be a JSON Web Key with the private part of an RSA or EC key.");
  }
  const kind = kindOf(key);
  if (kind === undefined) {
    throw badParameter(`Property key takes RSA of ${rsaSizes.join(", ")} bits, or EC on ${curves.join(", ")}.`);
  }
  return { kind, key };
}

/** What a client says of a version besides its material. @throws ServiceError 400, and SecretProblem */
export function keyChange(body: unknown): KeyChange {
  const { enabled, notBefore, expires, tags } = secretChange(body);
  const operations = operationsIn((body as { readonly key?: unknown } | undefined)?.key) ?? operationsIn(body);
  return { operations, enabled, notBefore, expires, tags };
}

function operationsIn(body: unknown): readonly KeyOperation[] | undefined {
  if (body === undefined || body === null) return undefined;
  return readBody(operationsBody, body).key_ops?.map((given) => {
    const known = keyOperations.find((each) => each === given);
    if (known === undefined) throw invalid("key_ops", given, keyOperations.join(", "));
    return known;
  });
}

function refuseHardware(kty: unknown): void {
  if (kty === "RSA-HSM" || kty === "EC-HSM" || kty === "oct" || kty === "oct-HSM") {
    throw notInLocalAzure(`keys of the type ${kty}: a vault without hardware`);
  }
}

function refuseRelease(body: { readonly attributes?: z.infer<typeof exportable>; readonly release_policy?: unknown }) {
  if (body.attributes?.exportable === true || body.release_policy != null) {
    throw notInLocalAzure("keys that can be released");
  }
}
