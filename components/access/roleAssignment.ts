import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { assignmentName } from "./assignmentName";

/** One role for one principal on one resource. */
export interface RoleGrant {
  readonly scope: pulumi.Input<string>;
  readonly roleDefinitionId: pulumi.Input<string>;
  /** Object ID, never a client ID. */
  readonly principalId: pulumi.Input<string>;
  readonly principalType: string;
}

/** Declares a role assignment under a name of its own meaning. */
export function assignRole(
  name: string,
  grant: RoleGrant,
  opts: pulumi.CustomResourceOptions,
): authorization.RoleAssignment {
  const { scope, roleDefinitionId, principalId, principalType } = grant;
  return new authorization.RoleAssignment(
    name,
    {
      scope,
      roleDefinitionId,
      principalId,
      // Without it Azure looks the principal up, and a new one may not have reached the place where it looks.
      principalType,
      roleAssignmentName: pulumi
        .all([scope, roleDefinitionId, principalId])
        .apply(([where, role, whom]) => assignmentName(where, role, whom)),
    },
    // One made by hand and imported keeps the name it has. The engine heeds this for what stays, not for what it makes.
    pulumi.mergeOptions(opts, { ignoreChanges: ["roleAssignmentName"] }),
  );
}
