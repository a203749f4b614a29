import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { spelled } from "../checks/spelling";
import { inAnyCase } from "./anyCase";
import { fixedPaths } from "../updates/fixedProperties";
import { assignedOnce } from "./assignedOnce";
import { revocable } from "./revocable";

/** One role for one principal on one resource. */
export interface RoleGrant {
  readonly scope: pulumi.Input<string>;
  readonly roleDefinitionId: pulumi.Input<string>;
  /** Object ID, never a client ID. */
  readonly principalId: pulumi.Input<string>;
  readonly principalType: string;
  /**
   * Takes the assignment away before it is made anew. For a role whose ID earlier versions wrote in another way: Azure takes
   * the same role once, whatever the assignment is called.
   * @default false
   */
  readonly deleteFirst?: boolean;
}

/** Declares a role assignment under a name of its own meaning. */
export function assignRole(
  name: string,
  grant: RoleGrant,
  opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
  const { scope, principalType } = grant;
  const roleDefinitionId = spelled(grant.roleDefinitionId);
  const principalId = spelled(grant.principalId);
  const args = {
    scope,
    roleDefinitionId,
    principalId,
    // Without it Azure looks the principal up, and a new one may not have reached the place where it looks.
    principalType,
    roleAssignmentName: pulumi
      .all([scope, roleDefinitionId, principalId])
      .apply(([where, role, whom]) => assignedOnce(name, [role, whom, where])),
  };
  return inAnyCase(
    { scope, principalId },
    pulumi.mergeOptions(revocable(opts), {
      // One made by hand and imported keeps the name it has. The engine heeds this for what stays, not for what it makes.
      ignoreChanges: ["roleAssignmentName"],
      replaceOnChanges: fixedPaths("azure-native:authorization:RoleAssignment", "replace"),
      // Another role has another name, so it is assigned before the one in use goes.
      deleteBeforeReplace: grant.deleteFirst ?? false,
    }),
    (options) => new authorization.RoleAssignment(name, args, options),
    (made) => [made.scope, made.principalId],
  );
}
