import { remedyForExisting } from "./alreadyThere";
import type { Diagnostic } from "./operationLog";

/** What the deployer lacks where Azure Resource Manager refuses an action. */
const rolesFor: readonly (readonly [action: RegExp, role: string])[] = [
  [/^Microsoft\.Authorization\/roleAssignments\//i, "Role Based Access Control Administrator"],
  [/^Microsoft\.KeyVault\//i, "Key Vault Contributor"],
  [/^Microsoft\.Storage\//i, "Storage Account Contributor"],
];

/** Errors whose remedy follows from their own words. */
const plain: readonly { readonly pattern: RegExp; readonly remedy: string }[] = [
  {
    pattern: /expected non-empty ID for new state during Create|Directory_ConcurrencyViolation/,
    remedy: "Microsoft Entra ID was not ready. Run the same command again.",
  },
  {
    pattern: /CredentialInvalidLifetimeAsPerAppPolicy/,
    remedy:
      "The tenant limits how long a secret may live. Set smaller secret.rotation.everyDays, overlapDays and stageDays: a secret lives for their sum.",
  },
  {
    pattern: /CredentialTypeNotAllowedAsPerAppPolicy/,
    remedy:
      "The tenant forbids client secrets. Use federated or certificate, or ask the tenant's administrator for an exemption.",
  },
  {
    pattern: /RequestDisallowedByPolicy/,
    remedy:
      "An Azure policy forbids the resource. Change the setting that the policy names, or ask its owner for an exemption.",
  },
  {
    pattern: /ForbiddenByRbac/,
    remedy: "Give the deployer the role Key Vault Secrets Officer on the vault, and wait ten minutes.",
  },
  {
    pattern: /AADSTS7000215/,
    remedy: "The deployer's client secret is wrong. Give the value of the secret, not its ID, in ARM_CLIENT_SECRET.",
  },
];

/** What to do about an error of a service; undefined where its own words say all that is known. */
export function remedyFor({ type = "", message }: Diagnostic): string | undefined {
  if (message.includes("Authorization_RequestDenied")) {
    return type === "azuread.AppRoleAssignment"
      ? "Give the deployer Microsoft Graph's application permission AppRoleAssignment.ReadWrite.All, and Application.Read.All beside it, with an administrator's consent; or set consent: request, and let an administrator consent for the daemon."
      : "Give the deployer Microsoft Graph's application permission Application.ReadWrite.OwnedBy, with an administrator's consent; of an application that somebody else made, make it an owner.";
  }
  const action = /Code="AuthorizationFailed".* to perform action '([^']+)'/s.exec(message)?.[1];
  if (action !== undefined) {
    const role = rolesFor.find(([pattern]) => pattern.test(action))?.[1];
    return role === undefined
      ? `Give the deployer a role that has ${action} there.`
      : `Give the deployer the role ${role} there, or another that has ${action}.`;
  }
  if (type === "azuread.ApplicationFederatedIdentityCredential" && isTakenTrust(message)) {
    return "A federated credential of the application has this name, or this issuer and subject, until this update is over. Take the old one out of the settings, run up, then put the new one in and run up again.";
  }
  const known = plain.find(({ pattern }) => pattern.test(message))?.remedy;
  if (known !== undefined) {
    return known;
  }
  if (message.includes("already exists in deleted state")) {
    return "Set azure-daemon-access:vault.recover to true to bring the vault back; or vault.name to a name that is free, or leave it out. Purge protection lets nobody purge it before its retention has passed.";
  }
  if (message.includes("deleted but recoverable state")) {
    return "Recover the secret and take it over (npx daemon-access credentials recover), or give the daemon another name. Purge protection lets nobody purge it before the vault's retention has passed.";
  }
  if (message.includes("RoleDefinitionHasAssignments")) {
    return "Daemons still have this role. Where another program is to make it, set azure-daemon-access:machineLearningRoles back to managed, or move the role's state to that program first (docs/how-to/machine-learning.md).";
  }
  if (message.includes('Code="RoleDefinitionDoesNotExist"')) {
    return "A role that this run has just made has not reached all of Azure: run the same command again in a minute. Of any other role, correct the ID.";
  }
  if (notThereYet.test(message)) {
    return "What this run has just made has not reached all of Entra ID: run the same command again in a minute. Where it still ends so, somebody has deleted it: run refresh, then up.";
  }
  if (message.includes('Code="ScopeLocked"')) {
    return "Lift the lock that the message names in a run of its own: lock: false, or with its owner where somebody else set it.";
  }
  const linked =
    /Code="LinkedAuthorizationFailed".* permission to perform action\(s\) '([^']+)' on the linked scope\(s\) '([^']+)'/s;
  const [, needed, scope] = linked.exec(message) ?? [];
  if (needed !== undefined && scope !== undefined) {
    return `Give the deployer a role that has ${needed} on ${scope}.`;
  }
  return remedyForExisting({ severity: "error", type, message });
}

/** Microsoft Graph's words where something new has not reached the replica that it asks. */
const notThereYet =
  /Request_ResourceNotFound|does not reference a valid application object|Not a valid reference update/;

/** Microsoft Graph's words where a trust's name, or its issuer and subject, are still another one's. */
const isTakenTrust = (message: string): boolean =>
  /InvalidFederatedIdentityCredentialValue|FederatedIdentityCredential with name .* already exists/.test(message);
