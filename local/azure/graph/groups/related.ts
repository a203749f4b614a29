import type { JsonObject } from "../../entra/records";
import type { GraphContext } from "../context";
import { directoryObjectView } from "../directory/view";
import { require } from "../permissions";
import { textOf } from "../schema/property";

/** Objects of any kind, by their IDs, as lists show them. */
export function viewsOf(ids: readonly string[], context: GraphContext): JsonObject[] {
  return ids.flatMap((id) => {
    const view = directoryObjectView(id, context);
    return view === undefined ? [] : [view];
  });
}

/** The groups that an entity is in. */
export function memberOf(entity: JsonObject, context: GraphContext): JsonObject[] {
  require(context.caller, "readMembership");
  return viewsOf(context.directory.groups.membership.directGroupsOf(textOf(entity["id"])), context);
}

/** The groups that an entity is in, those included that it is in by way of another group. */
export function transitiveMemberOf(entity: JsonObject, context: GraphContext): JsonObject[] {
  require(context.caller, "readMembership");
  return viewsOf(context.directory.groups.membership.groupsOf(textOf(entity["id"])), context);
}

/** The owners of an application, a service principal or a group. */
export function owners(entity: JsonObject, context: GraphContext): JsonObject[] {
  const { applications, servicePrincipals, groups } = context.directory;
  const id = textOf(entity["id"]);
  const owned = applications.get(id) ?? servicePrincipals.get(id) ?? groups.get(id);
  return viewsOf(owned?.owners ?? [], context);
}

/** A group's members. */
export function members(entity: JsonObject, context: GraphContext): JsonObject[] {
  require(context.caller, "readMembers");
  return viewsOf(context.directory.groups.get(textOf(entity["id"]))?.members ?? [], context);
}

/** A group's members, those of the groups in it included, each once. */
export function transitiveMembers(entity: JsonObject, context: GraphContext): JsonObject[] {
  require(context.caller, "readMembers");
  const { groups } = context.directory;
  const found = [...(groups.get(textOf(entity["id"]))?.members ?? [])];
  for (const id of found) {
    found.push(...(groups.get(id)?.members ?? []).filter((member) => !found.includes(member)));
  }
  return viewsOf(found, context);
}
