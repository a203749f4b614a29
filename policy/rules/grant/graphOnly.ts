import { microsoftGraph } from "../../reference/graphPermissions";
import { appRoleAssignment, servicePrincipal } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  apis: texts([], "Object IDs or names of other APIs' service principals that may be granted on."),
};

export const grantGraphOnly = stackRule({
  name: "grant-on-microsoft-graph",
  what: "Permissions are granted on Microsoft Graph only",
  why: "Exchange, SharePoint and the like have their own permissions that reach as far, and these rules do not list them.",
  fix: "grant the permission of Microsoft Graph, or add the API to the setting apis",
  source: ["SCuBA risky permissions"],
  severity: "high",
  level: "mandatory",
  settings,
  check(stack, { apis }) {
    for (const grant of stack.resources(appRoleAssignment)) {
      const api = grant.sources("resourceObjectId", servicePrincipal)[0];
      if (!api || api.pending("clientId")) continue;
      const clientId = api.text("clientId") ?? "";
      if (clientId !== microsoftGraph && !apis.includes(api.name) && !apis.includes(clientId))
        grant.report(`it grants a permission on the application ${clientId}`);
    }
  },
});
