import {
  appRoleAssignment,
  application,
  directoryRoleAssignment,
  roleAssignment,
  servicePrincipal,
  userAssignedIdentity,
} from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const principalIsObject = stackRule({
  name: "role-principal-is-service-principal",
  what: "A right is given to a service principal, not to its application",
  why: "An application's own IDs name no principal; Azure refuses them with PrincipalNotFound.",
  fix: "take the object ID of the ServicePrincipal, or the principalId of the managed identity",
  source: [],
  severity: "medium",
  level: "mandatory",
  check(stack) {
    const grants = [
      ...stack.resources(roleAssignment).map((grant) => ({ grant, property: "principalId" })),
      ...stack
        .resources(appRoleAssignment, directoryRoleAssignment)
        .map((grant) => ({ grant, property: "principalObjectId" })),
    ];
    for (const { grant, property } of grants) {
      const fromApplication = grant.sources(property, application).length > 0;
      const fromPrincipal = grant.sources(property, servicePrincipal, userAssignedIdentity).length > 0;
      if (fromApplication && !fromPrincipal) grant.report(`${property} comes from an application`);
    }
  },
});
