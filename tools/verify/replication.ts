import type { Credential } from "./credential";
import type { Failure } from "./failure";
import type { Replication } from "./patience";

/** A credential written longer ago than this has reached every server of Entra ID. */
const freshForMs = 15 * 60 * 1_000;

/** Codes of a token endpoint that has not yet heard of a new application, its service principal or its new credential. */
const signInCodes: Readonly<Record<string, string>> = {
  AADSTS7000215: "the new client secret to reach every server of Entra ID",
  AADSTS700027: "the new certificate to reach every server of Entra ID",
  AADSTS700016: "the new application to reach every server of Entra ID",
  AADSTS7000229: "the new service principal to reach every server of Entra ID",
  AADSTS700213: "the new federated credential to reach every server of Entra ID",
  AADSTS700211: "the new federated credential to reach every server of Entra ID",
};

/** Codes of a service that has not yet heard of a new role assignment. */
const roleCodes: Readonly<Record<string, string>> = {
  ForbiddenByRbac: "a new role assignment to reach the vault",
  AuthorizationPermissionMismatch: "a new role assignment to reach the lake",
  AuthorizationFailed: "a new role assignment to reach Azure Resource Manager",
};

/** What the reader's and the daemon's calls wait for where a role was just assigned. */
export const newRole: Replication = ({ code }) => roleCodes[code];

/** A sign-in waits only while the credential is new: later, the same codes mean a wrong secret. */
export function newCredential(writtenOn: Date | undefined, now: Date = new Date()): Replication {
  const fresh = writtenOn === undefined || now.getTime() - writtenOn.getTime() < freshForMs;
  return ({ code }) => (fresh ? signInCodes[code] : undefined);
}

/** Graph is asked again only where the stack itself granted the permissions: other consents are for people to give. */
export function newConsent(consent: NonNullable<Credential["graph"]>["consent"]): Replication {
  return ({ code }) =>
    consent === "grant" && ungranted.has(code) ? "the permission just granted to reach the tokens" : undefined;
}

/** Graph's refusal of a token without the permission, and verify's own of such a token. */
const ungranted: ReadonlySet<string> = new Set(["Authorization_RequestDenied", "PermissionMissing"]);

/** How long a secret that a stack has just written may be missing. */
const secretMissingMs = 10_000;

/** What a read of the vault waits for where a stack names the vault and the secret: elsewhere either may be a slip of the pen. */
export function newSecret(stack: string | undefined, now: () => number = Date.now): Replication {
  let missingSince: number | undefined;
  return ({ code, status }) => {
    if (stack === undefined) {
      return undefined;
    }
    if (code === "ENOTFOUND" || code === "EAI_AGAIN" || status === 502) {
      return "the new vault's name to reach DNS";
    }
    if (code !== "SecretNotFound") {
      return undefined;
    }
    missingSince ??= now();
    return now() - missingSince < secretMissingMs ? "the new secret to reach every server of the vault" : undefined;
  };
}

/** Either of two. */
export const eitherOf =
  (one: Replication, other: Replication): Replication =>
  (failure: Failure) =>
    one(failure) ?? other(failure);
