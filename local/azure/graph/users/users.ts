import type { Router } from "../../http/router";
import type { JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { resourceNotFound } from "../errors";
import { selectOf } from "../odata/query";
import { entityReply, listReply, type EntitySet } from "../odata/reply";
import { may, require } from "../permissions";
import { textOf } from "../schema/property";
import { defaultUserProperties, userView } from "./view";

const userSet: EntitySet = {
  set: "users",
  resource: "User",
  properties: [
    "accountEnabled",
    "displayName",
    "employeeId",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mailNickname",
    "surname",
    "userPrincipalName",
    "userType",
  ],
  shown: defaultUserProperties,
};

/** People. Local Azure's are there from the start, and only read. */
export function userRoutes(router: Router<GraphContext>): void {
  router
    .on("GET", "/users", (request, _parameters, context) => {
      require(context.caller, "readBasicUsers");
      const basic = !may(context.caller, "readUsers");
      return listReply(
        request,
        context,
        userSet,
        context.directory.users.list().map((user) => userView(user, basic)),
      );
    })
    .on("GET", "/users/:id", (request, parameters, context) => {
      require(context.caller, "readBasicUsers");
      const user = findUser(parameters["id"] ?? "", context);
      const shown = selectOf(request) ?? defaultUserProperties;
      const kept = Object.entries(user).filter(([name]) => shown.includes(name));
      return entityReply(request, context, userSet.set, Object.fromEntries(kept));
    })
    .on("GET", "/users/:id/manager", (_request, parameters, context) => {
      require(context.caller, "readUsers");
      findUser(parameters["id"] ?? "", context);
      throw resourceNotFound("manager");
    });
}

/** By object ID or by user principal name. */
function findUser(id: string, { directory, caller }: GraphContext): JsonObject {
  const byName = directory.users
    .list()
    .find(({ properties }) => textOf(properties["userPrincipalName"]).toLowerCase() === id.toLowerCase());
  const user = directory.users.get(id) ?? byName;
  if (user === undefined) {
    throw resourceNotFound(id);
  }
  return userView(user, !may(caller, "readUsers"));
}
