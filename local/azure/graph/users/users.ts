import type { Router } from "../../http/router";
import type { JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { resourceNotFound } from "../errors";
import { memberOf, transitiveMemberOf } from "../groups/related";
import { checkKey } from "../lookup";
import { entityReply, listRoutes, type EntitySet } from "../odata/reply";
import { entityOptions } from "../odata/query";
import { may, require } from "../permissions";
import { textOf } from "../schema/property";
import {
  defaultUserProperties,
  filterableUserProperties,
  knownUserProperties,
  lackingUserProperties,
  sortableUserProperties,
} from "./properties";
import { userView } from "./view";

const userSet: EntitySet = {
  set: "users",
  resource: "User",
  known: knownUserProperties,
  lacking: lackingUserProperties,
  properties: filterableUserProperties,
  sortable: sortableUserProperties,
  sortableEventually: ["createdDateTime"],
  searchable: ["displayName", "givenName", "mail", "surname", "userPrincipalName"],
  related: { memberOf, transitiveMemberOf },
  shown: defaultUserProperties,
};

/** People. Local Azure's are there from the start, and only read. */
export function userRoutes(router: Router<GraphContext>): void {
  listRoutes(router, "/users", userSet, function* (_parameters, { caller, directory }) {
    require(caller, "readBasicUsers");
    const basic = !may(caller, "readUsers");
    for (const user of directory.users.list()) {
      yield userView(user, basic);
    }
  });
  router
    .on(
      "GET",
      "/users/:id",
      (request, parameters, context) => {
        require(context.caller, "readBasicUsers");
        return entityReply(request, context, userSet, findUser(parameters["id"] ?? "", context));
      },
      entityOptions,
    )
    .on("GET", "/users/:id/manager", (_request, parameters, context) => {
      require(context.caller, "readUsers");
      findUser(parameters["id"] ?? "", context);
      throw resourceNotFound("manager");
    });
}

/** By object ID or by user principal name. */
export function findUser(id: string, { directory, caller }: GraphContext): JsonObject {
  checkKey(id);
  const byName = directory.users
    .list()
    .find(({ properties }) => textOf(properties["userPrincipalName"]).toLowerCase() === id.toLowerCase());
  const user = directory.users.get(id) ?? byName;
  if (user === undefined) {
    throw resourceNotFound(id);
  }
  return userView(user, !may(caller, "readUsers"));
}
