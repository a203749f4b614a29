import type { Diagnostic } from "./operationLog";

/** What the deployer lacks where Azure Resource Manager refuses an action. */
const rolesFor: readonly (readonly [action: RegExp, role: string])[] = [
  [/^Microsoft\.Authorization\/roleAssignments\//i, "Role Based Access Control Administrator"],
  [/^Microsoft\.KeyVault\//i, "Key Vault Contributor"],
  [/^Microsoft\.Storage\//i, "Storage Account Contributor"],
];

/** What to do about an error of a service; undefined where its own words say all that is known. */
export function remedyFor({ type = "", message }: Diagnostic): string | undefined {
  if (message.includes("Authorization_RequestDenied")) {
    return type === "azuread.AppRoleAssignment"
      ? "Give the deployer Microsoft Graph's application permission AppRoleAssignment.ReadWrite.All, with an administrator's consent; or set consent: request, and let an administrator consent for the daemon."
      : "Give the deployer Microsoft Graph's application permission Application.ReadWrite.OwnedBy, with an administrator's consent; of an application that somebody else made, make it an owner.";
  }
  const action = /Code="AuthorizationFailed".* to perform action '([^']+)'/s.exec(message)?.[1];
  if (action !== undefined) {
    const role = rolesFor.find(([pattern]) => pattern.test(action))?.[1];
    return role === undefined
      ? `Give the deployer a role that has ${action} there.`
      : `Give the deployer the role ${role} there, or another that has ${action}.`;
  }
  if (message.includes("already exists in deleted state")) {
    return "Set azure-daemon-access:vault.name to a name that is free, or leave it out; or recover the vault (az keyvault recover) and import it. Purge protection lets nobody purge it before its retention has passed.";
  }
  if (message.includes("deleted but recoverable state")) {
    return "Recover the secret (az keyvault secret recover) and import it, or give the daemon another name. Purge protection lets nobody purge it before the vault's retention has passed.";
  }
  return undefined;
}
