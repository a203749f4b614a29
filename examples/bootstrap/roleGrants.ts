import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import { roles, type Role } from "./rights";

export interface Grantee {
  /** Part of the resources' names. */
  readonly name: string;
  /** Object ID. */
  readonly principalId: pulumi.Input<string>;
  readonly principalType: "User" | "ServicePrincipal";
}

/** A scope, and a short name for it. */
export interface Scope {
  readonly name: string;
  readonly id: pulumi.Input<string>;
}

/** Gives roles on one scope, each as an assignment of its own. */
export function grantRoles(subscriptionId: string, grantee: Grantee, granted: readonly Role[], scope: Scope): void {
  for (const role of granted) {
    new authorization.RoleAssignment(`${grantee.name}-${scope.name}-${role}`, {
      scope: scope.id,
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`,
      principalId: grantee.principalId,
      // Without it Azure looks the principal up, and a new one may not have reached the place where it looks.
      principalType: grantee.principalType,
    });
  }
}
