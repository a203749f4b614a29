import { z } from "zod";

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "is not a GUID");
const httpsUrl = z.string().regex(/^https:\/\/[^\s/]+(\/\S*)?$/i, "is not an https:// address");
const moment = z.iso.datetime({ offset: true, error: "is not an RFC 3339 time with a zone" });

const certificate = z.object({
  secretUri: httpsUrl,
  thumbprint: z.string().regex(/^[0-9a-f]{40}$/i, "is not a SHA-1 thumbprint in hexadecimal"),
  notBefore: moment,
  expiresOn: moment,
});

const shape = z.object({
  version: z.literal([1, 2], "is not a version this program knows (1, 2)"),
  daemon: z.string().min(1),
  tenantId: guid,
  clientId: guid,
  clientSecret: z.string().min(1).optional(),
  certificate: certificate.optional(),
  federated: z.array(z.object({ issuer: z.string(), subject: z.string(), audience: z.string() })).optional(),
  managedIdentity: z.object({ resourceId: z.string().min(1) }).optional(),
  authority: httpsUrl,
  notBefore: moment.optional(),
  expiresOn: moment.optional(),
  generation: z.number().int().optional(),
  graph: z
    .object({
      endpoint: httpsUrl,
      permissions: z.array(z.string()),
      consent: z.enum(["grant", "request", "external"]),
      adminConsentUrl: httpsUrl.optional(),
    })
    .optional(),
  lake: z.object({ url: httpsUrl, fileSystem: z.string().min(1), role: z.string().min(1) }).optional(),
  machineLearning: z
    .object({
      workspaceId: z
        .string()
        .regex(
          /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+$/i,
          "is not the resource ID of a Machine Learning workspace",
        ),
      role: z.string().min(1),
      job: z.string().min(1).optional(),
      endpoint: z.string().min(1).optional(),
    })
    .optional(),
});

/** Version 1 always has a client secret. */
const withProof = shape.superRefine((credential, context) => {
  const { version, clientSecret, certificate: own, federated, managedIdentity } = credential;
  if (version === 1 && clientSecret === undefined) {
    context.addIssue({ code: "custom", path: ["clientSecret"], message: "is missing" });
  } else if ((clientSecret ?? own ?? federated ?? managedIdentity) === undefined) {
    const message = "has neither clientSecret, certificate, federated nor managedIdentity";
    context.addIssue({ code: "custom", path: [], message });
  }
});

/** What the stack delivers to Key Vault for one daemon, as the secret `<daemon>-credential`. */
export type Credential = z.infer<typeof shape>;
export type GraphAccess = NonNullable<Credential["graph"]>;
export type CertificateReference = NonNullable<Credential["certificate"]>;
export type LakeAccess = NonNullable<Credential["lake"]>;
export type WorkspaceAccess = NonNullable<Credential["machineLearning"]>;

/** A secret of Key Vault that is no credential. Its message names the fields, never what stands in them. */
export class CredentialError extends Error {
  readonly code = "CredentialUnreadable";
}

/**
 * Reads the JSON of a secret in the format `credential`. Fields it doesn't know are left aside.
 * @throws CredentialError naming every field that is missing or wrong
 */
export function parseCredential(secret: string): Credential {
  const parsed = withProof.safeParse(jsonOf(secret));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
    throw new CredentialError(`The secret is not a credential of this stack. ${problems.join("; ")}.`);
  }
  return parsed.data;
}

function jsonOf(secret: string): unknown {
  try {
    return JSON.parse(secret);
  } catch {
    // The parser's own message quotes the text, which is the secret.
    throw new CredentialError("The secret is not JSON, so it is not a secret of the format credential.");
  }
}
