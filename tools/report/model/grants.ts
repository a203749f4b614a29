import { roleId } from "../../../policy/reference/azureRoles";
import { roleAssignment, roleDefinition } from "../../../policy/rule/resourceTypes";
import type { Access } from "../../review/access/changes";
import type { Grant } from "../../review/access/grant";
import type { Estates } from "../../review/estate/estate";
import type { Properties } from "../../review/estate/properties";
import { isOf } from "../../review/estate/resource";
import { typeName } from "../../engine/types";
import { abilitiesOfActions, abilitiesOfRole, type Ability } from "./abilities";
import { type PartyBook, stackOf } from "./parties";
import type { GrantRecord } from "./schema";

/** Every grant on either side of a change, each once. A permission that is requested and granted is one that holds. */
export function grantRecords({ before, after }: Access, estates: Estates, book: PartyBook): GrantRecord[] {
  const roles = ownRoles(estates);
  const sides = { before: byKey(before), after: byKey(after) };
  const keys = [...new Set([...sides.after.keys(), ...sides.before.keys()])].sort();
  return keys.flatMap((key, index) => {
    const [was, is] = [sides.before.get(key), sides.after.get(key)];
    const told = is ?? was;
    if (told === undefined) return [];
    const change = was === undefined ? "gains" : is === undefined ? "loses" : consented(was, is) ? "gains" : "stays";
    return [record(`g${index}`, told, change, roles, book)];
  });
}

/** A permission that was requested before, and holds after. */
const consented = (was: Grant, is: Grant): boolean => was.what === "requested" && is.what === "granted";

function byKey(grants: readonly Grant[]): ReadonlyMap<string, Grant> {
  const kept = new Map<string, Grant>();
  for (const grant of grants.filter(({ kind }) => kind !== "network")) {
    const isPermission = grant.kind === "graph-permission" || grant.kind === "app-role";
    const key = JSON.stringify([grant.kind, grant.holder.key, grant.to.key, isPermission ? "" : grant.what]);
    // An application and its service principal have owners of their own, who are mostly the same.
    if (!kept.has(key) || grant.what === "granted") kept.set(key, grant);
  }
  return kept;
}

/** What the stacks' own roles let their holders do, by the role's ID. */
function ownRoles({ before, after }: Estates): ReadonlyMap<string, readonly Ability[]> {
  const definitions = [...before.resources, ...after.resources].filter((each) => isOf(each, roleDefinition));
  return new Map(
    definitions.map(({ inputs }) => [
      roleId(inputs.text("roleDefinitionId") ?? ""),
      abilitiesOfActions(inputs.items("permissions").map(permitted)),
    ]),
  );
}

function permitted(permission: Properties): Parameters<typeof abilitiesOfActions>[0][number] {
  const known = (name: string): string[] => permission.texts(name).flatMap((each) => each ?? []);
  return {
    actions: known("actions"),
    notActions: known("notActions"),
    dataActions: known("dataActions"),
    notDataActions: known("notDataActions"),
  };
}

function record(
  id: string,
  grant: Grant,
  change: GrantRecord["change"],
  roles: ReadonlyMap<string, readonly Ability[]>,
  book: PartyBook,
): GrantRecord {
  const { kind, holder, to, what, weight = "ordinary", by } = grant;
  const scope = isOf(by, roleAssignment) ? by.inputs.text("scope") : undefined;
  return {
    id,
    kind,
    holder: book.idOf(holder.key),
    to: book.idOf(to.key),
    what: kind === "graph-permission" || kind === "app-role" ? "permission" : what,
    allows: [...abilitiesOf(grant, roles)],
    state: what === "requested" ? "awaits consent" : "holds",
    weight,
    ...(scope !== undefined && { scope }),
    by: { name: by.name, type: typeName(by.type), stack: stackOf(by.urn) },
    ...(by.created !== undefined && { since: by.created.replace(/\.\d+Z$/, "Z") }),
    change,
  };
}

function abilitiesOf({ kind, what, by }: Grant, roles: ReadonlyMap<string, readonly Ability[]>): readonly Ability[] {
  if (kind === "graph-permission" || kind === "app-role") return ["call the API"];
  if (kind === "owner" || kind === "federated-subject") return ["act as it"];
  if (kind === "directory-role") return ["administer the directory"];
  if (isOf(by, roleAssignment)) {
    const role = roleId(by.inputs.text("roleDefinitionId") ?? "");
    return roles.get(role) ?? abilitiesOfRole(role);
  }
  // An access policy of a vault: "get secrets (access policy)".
  if (!what.includes(" secrets ")) return [];
  return /^(get|all) /.test(what) ? ["read secrets"] : /^(set|restore) /.test(what) ? ["write secrets"] : [];
}
