import type { Cloud } from "../../cloud";
import { json, queryParameter } from "../../http/message";
import type { Router } from "../../http/router";
import { extensionId, extensionRoot, type ExtensionContext } from "./extensionContext";
import { RoleAssignments } from "./roleAssignments";
import { RoleDefinitions } from "./roleDefinitions";

/** Entries of one page. */
const pageSize = 50;

/** What the caller may do at a scope: the permissions of every role that reaches it, one after another. */
export function addPermissionRoutes(router: Router<ExtensionContext>, cloud: Cloud): void {
  const assignments = new RoleAssignments(cloud.store);
  const definitions = new RoleDefinitions(cloud.store);

  router.on("GET", `${extensionRoot}/permissions`, (request, _parameters, { scope, caller, apiVersion }) => {
    const all = assignments
      .reaching(caller.objectId, scope)
      .flatMap(({ roleId }) => definitions.get(roleId)?.permissions ?? []);
    const start = Number(queryParameter(request, "$skiptoken") ?? 0);
    const end = start + pageSize;
    const path = extensionId(scope, "permissions", "").slice(0, -1);
    const next = `https://management.azure.com${path}?api-version=${apiVersion}&%24skiptoken=${end}`;
    return json(200, {
      value: all.slice(start, end).map(({ actions, notActions, dataActions, notDataActions }) => ({
        actions,
        notActions,
        dataActions,
        notDataActions,
      })),
      ...(end < all.length && { nextLink: next }),
    });
  });
}
