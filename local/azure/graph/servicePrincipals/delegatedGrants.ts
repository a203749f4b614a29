import type { Router } from "../../http/router";
import type { GraphContext } from "../context";
import { find } from "../lookup";
import { listReply, type EntitySet } from "../odata/reply";
import { require } from "../permissions";

const entitySet: EntitySet = {
  set: "oauth2PermissionGrants",
  resource: "OAuth2PermissionGrant",
  properties: ["clientId", "consentType", "id", "principalId", "resourceId", "scope"],
};

/** Delegated permissions that were consented to: none, as nobody signs in here. */
export function delegatedGrantRoutes(router: Router<GraphContext>): void {
  router.on("GET", "/servicePrincipals/:id/oauth2PermissionGrants", (request, parameters, context) => {
    require(context.caller, "readDelegatedGrants");
    find(context.directory.servicePrincipals, parameters);
    return listReply(request, context, entitySet, []);
  });
}
