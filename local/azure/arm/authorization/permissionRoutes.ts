import type { Cloud } from "../../cloud";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { pageBody, pageOf } from "../queryOptions";
import { extensionRoot, type ExtensionContext } from "./extensionContext";
import { RoleAssignments } from "./roleAssignments";
import type { Permission } from "./roleDefinition";
import { RoleDefinitions } from "./roleDefinitions";

/** Entries of one page. */
const pageSize = 50;

/** What the caller may do at a scope: the permissions of every role that reaches it, one after another. */
export function addPermissionRoutes(router: Router<ExtensionContext>, cloud: Cloud): void {
  const assignments = new RoleAssignments(cloud.store);
  const definitions = new RoleDefinitions(cloud.store);

  router.on(
    "GET",
    `${extensionRoot}/permissions`,
    (request, _parameters, { scope, caller }) => {
      const all = assignments
        .reaching(caller.objectId, scope)
        .flatMap(({ roleId }) => definitions.get(roleId)?.permissions ?? []);
      const show = ({ actions, notActions, dataActions, notDataActions }: Permission): object => ({
        actions,
        notActions,
        dataActions,
        notDataActions,
      });
      return json(200, pageBody(request, all, show, pageOf(request, pageSize)));
    },
    ["$skiptoken"],
  );
}
