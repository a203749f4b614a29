import type { ApplicationRecord, ServicePrincipalRecord } from "../../entra/records";
import type { ReplicatedKind } from "./facts";

type Holder = Partial<Pick<ApplicationRecord, "passwords" | "keys" | "federatedCredentials">>;

/** An index of role assignments: what it names is looked up, and is seen or not by itself. */
export const assignmentIndex = "arm.roleAssignmentsByPrincipalAndScope";

/** What kind of change of a collection's record this is; undefined where everyone sees such a change at once. */
export function kindOfChange(collection: string, before: unknown, after: unknown): ReplicatedKind | undefined {
  switch (collection) {
    case "entra.applications":
      return changeOfHolder("application", before as Holder | undefined, after as Holder | undefined);
    case "entra.servicePrincipals":
      return changeOfHolder("servicePrincipal", before as ServicePrincipalRecord, after as ServicePrincipalRecord);
    case "entra.identityFederation":
      return "federatedCredential";
    case "entra.appRoleAssignments":
      return "appRoleAssignment";
    case "arm.roleAssignments":
    case assignmentIndex:
      return "roleAssignment";
    case "arm.roleDefinitions":
      return "roleDefinition";
    case "vaults":
    case "storageAccounts":
      return "hostName";
    default:
      return collection.startsWith("secrets:") ? "vaultSecret" : undefined;
  }
}

/** A new object takes its own time with all that it has; later, each of its credentials takes that of its kind. */
function changeOfHolder(kind: ReplicatedKind, before: Holder | undefined, after: Holder | undefined): ReplicatedKind {
  if (before === undefined || after === undefined) {
    return kind;
  }
  if (before.passwords !== after.passwords) {
    return "clientSecret";
  }
  if (before.keys !== after.keys) {
    return "certificate";
  }
  return before.federatedCredentials === after.federatedCredentials ? kind : "federatedCredential";
}
