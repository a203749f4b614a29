import { json } from "../../http/message";
import type { Router, RouteParameters } from "../../http/router";
import type { JsonObject, JsonValue } from "../../entra/records";
import { objectBody, type GraphContext } from "../context";
import { directoryObjectSet } from "../directory/view";
import { badRequest, invalidValue, resourceNotFound } from "../errors";
import { find } from "../lookup";
import { listRoutes, noContent } from "../odata/reply";
import { require } from "../permissions";
import { memberIn } from "../references";
import { isGuid, listOf, textOf } from "../schema/property";
import { findUser } from "../users/users";
import { findGroup } from "./groups";
import { memberOf, members, transitiveMemberOf, transitiveMembers } from "./related";

/** How many groups one question may be about. */
const maxGroupIds = 20;

/** Whoever can be in a group, and how a path names them. */
const holders: Readonly<
  Record<string, (parameters: RouteParameters, context: GraphContext) => { readonly id?: JsonValue }>
> = {
  directoryObjects: (parameters, context) => principalIn(parameters, context),
  groups: (parameters, context) => ({ id: findGroup(parameters, context).id }),
  servicePrincipals: (parameters, { directory }) => ({ id: find(directory.servicePrincipals, parameters).id }),
  users: (parameters, context) => findUser(parameters["id"] ?? "", context),
};

/** Who is in which group, asked from either side. */
export function membershipRoutes(router: Router<GraphContext>): void {
  memberRoutes(router);
  for (const [set, holderOf] of Object.entries(holders)) {
    const path = `/${set}/:id`;
    const holder = (parameters: RouteParameters, context: GraphContext): JsonObject => {
      require(context.caller, "readMembership");
      return { id: holderOf(parameters, context).id ?? null };
    };
    if (set !== "directoryObjects") {
      listRoutes(router, `${path}/memberOf`, directoryObjectSet, (parameters, context) =>
        memberOf(holder(parameters, context), context),
      );
      listRoutes(router, `${path}/transitiveMemberOf`, directoryObjectSet, (parameters, context) =>
        transitiveMemberOf(holder(parameters, context), context),
      );
    }
    const groupsOf = (parameters: RouteParameters, context: GraphContext): readonly string[] =>
      context.directory.groups.membership.groupsOf(textOf(holder(parameters, context)["id"]));
    const idsReply = ({ root }: GraphContext, ids: readonly string[]) =>
      json(200, { "@odata.context": `${root}/$metadata#Collection(Edm.String)`, value: ids });
    router
      .on("POST", `${path}/checkMemberGroups`, (request, parameters, context) => {
        const asked = groupIds(objectBody(request));
        const held = groupsOf(parameters, context);
        return idsReply(
          context,
          asked.filter((id) => held.includes(id.toLowerCase())),
        );
      })
      .on("POST", `${path}/getMemberGroups`, (request, parameters, context) => {
        if (typeof objectBody(request)["securityEnabledOnly"] !== "boolean") {
          throw invalidValue("securityEnabledOnly", "DirectoryObject");
        }
        return idsReply(context, groupsOf(parameters, context));
      });
  }
}

function memberRoutes(router: Router<GraphContext>): void {
  const path = "/groups/:id";
  listRoutes(router, `${path}/members`, directoryObjectSet, (parameters, context) =>
    members({ id: findGroup(parameters, context).id }, context),
  );
  listRoutes(router, `${path}/transitiveMembers`, directoryObjectSet, (parameters, context) =>
    transitiveMembers({ id: findGroup(parameters, context).id }, context),
  );
  router
    .on("POST", `${path}/members/$ref`, (request, parameters, context) => {
      require(context.caller, "writeMembers");
      const group = findGroup(parameters, context);
      const member = memberIn(objectBody(request)["@odata.id"], context.directory);
      if (group.members.includes(member)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      }
      context.directory.groups.put({ ...group, members: [...group.members, member] });
      return noContent();
    })
    .on("DELETE", `${path}/members/:member/$ref`, (_request, parameters, context) => {
      require(context.caller, "writeMembers");
      const group = findGroup(parameters, context);
      const member = parameters["member"]?.toLowerCase() ?? "";
      if (!group.members.includes(member)) {
        throw resourceNotFound(member);
      }
      context.directory.groups.put({ ...group, members: group.members.filter((id) => id !== member) });
      return noContent();
    });
}

function principalIn(parameters: RouteParameters, { directory }: GraphContext): { readonly id: string } {
  const id = parameters["id"] ?? "";
  const found = directory.principal(id);
  if (found === undefined) {
    throw resourceNotFound(id);
  }
  return { id: found.objectId };
}

function groupIds({ groupIds: ids = null }: JsonObject): readonly string[] {
  if (!listOf(isGuid, maxGroupIds)(ids)) {
    throw invalidValue("groupIds", "DirectoryObject");
  }
  return ids as readonly string[];
}
