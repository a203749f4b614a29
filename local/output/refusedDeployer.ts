import type { ServiceError } from "./serviceError";

/** What the deployer lacks where Azure Resource Manager refuses an action. */
const rolesFor: readonly (readonly [action: RegExp, role: string])[] = [
  [/^Microsoft\.Authorization\/roleAssignments\//i, "Role Based Access Control Administrator"],
  [/^Microsoft\.KeyVault\//i, "Key Vault Contributor"],
  [/^Microsoft\.Storage\//i, "Storage Account Contributor"],
];

const comparison =
  "Compare the issuer, subject and audience in the message, letter by letter, with the federated credential of the deployer's application.";

/** A right that the deployer lacks, or a sign-in of its own that fails. */
export const refusedDeployer: readonly ServiceError[] = [
  {
    entry: "Authorization_RequestDenied",
    message: /Authorization_RequestDenied/,
    types: ["azuread.AppRoleAssignment"],
    remedy:
      "Give the deployer Microsoft Graph's application permission AppRoleAssignment.ReadWrite.All, and Application.Read.All beside it, with an administrator's consent; or set consent: request, and let an administrator consent for the daemon.",
  },
  {
    entry: "Authorization_RequestDenied",
    message: /Authorization_RequestDenied/,
    remedy:
      "Give the deployer Microsoft Graph's application permission Application.ReadWrite.OwnedBy, with an administrator's consent; of an application that somebody else made, make it an owner.",
  },
  {
    entry: "AuthorizationFailed",
    message: /Code="AuthorizationFailed".* to perform action '([^']+)'/s,
    remedy: ([action = ""]) => {
      const role = rolesFor.find(([pattern]) => pattern.test(action))?.[1];
      return role === undefined
        ? `Give the deployer a role that has ${action} there.`
        : `Give the deployer the role ${role} there, or another that has ${action}.`;
    },
  },
  {
    entry: "LinkedAuthorizationFailed",
    message:
      /Code="LinkedAuthorizationFailed".* permission to perform action\(s\) '([^']+)' on the linked scope\(s\) '([^']+)'/s,
    remedy: ([needed = "", scope = ""]) => `Give the deployer a role that has ${needed} on ${scope}.`,
  },
  {
    entry: "ForbiddenByRbac",
    message: /ForbiddenByRbac/,
    remedy: "Give the deployer the role Key Vault Secrets Officer on the vault, and wait ten minutes.",
  },
  {
    entry: "AADSTS7000215",
    message: /AADSTS7000215\b/,
    remedy: "The deployer's client secret is wrong. Give the value of the secret, not its ID, in ARM_CLIENT_SECRET.",
  },
  {
    entry: "AADSTS7000222",
    message: /AADSTS7000222\b/,
    remedy: "The deployer's client secret has expired. Give a newer one in ARM_CLIENT_SECRET.",
  },
  {
    entry: "AADSTS700016",
    message: /AADSTS700016\b/,
    remedy:
      "The tenant has no such application. Check ARM_CLIENT_ID and ARM_TENANT_ID; where a daemon's application was deleted, run refresh, then up.",
  },
  {
    entry: "AADSTS90002",
    message: /AADSTS90002\b/,
    remedy: "There is no such tenant. Correct azuread:tenantId and ARM_TENANT_ID.",
  },
  {
    entry: "AADSTS700024",
    message: /AADSTS700024\b/,
    remedy:
      "The token that the deployer signs in with has expired, or is not valid yet. Get a new one, and check this machine's clock.",
  },
  ...["AADSTS700211", "AADSTS700212", "AADSTS700213", "AADSTS7002138"].map((code) => ({
    entry: code,
    message: new RegExp(`${code}\\b`),
    remedy: comparison,
  })),
];
