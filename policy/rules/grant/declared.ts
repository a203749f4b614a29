import { permissionName } from "../../reference/graphPermissions";
import { grantedApplication } from "../../rule/identity";
import { appRoleAssignment } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const grantDeclared = stackRule({
  name: "grant-declared",
  what: "A permission that is granted is also declared on its application",
  why: "The portal and access reviews show declared permissions only.",
  fix: "add the app role to the application's requiredResourceAccesses",
  source: [],
  severity: "low",
  level: "advisory",
  check(stack) {
    for (const grant of stack.resources(appRoleAssignment)) {
      const application = grantedApplication(grant);
      if (!application || grant.pending("appRoleId") || application.pending("requiredResourceAccesses")) continue;
      const declared = application
        .items("requiredResourceAccesses")
        .flatMap((api) => api.items("resourceAccesses"))
        .filter((access) => !access.pending("id"))
        .map((access) => access.lower("id"));
      const id = grant.lower("appRoleId") ?? "";
      if (!declared.includes(id))
        grant.report(`${permissionName(id)} is not in the application's requiredResourceAccesses`);
    }
  },
});
