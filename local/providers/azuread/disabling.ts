import { sameValue, type PropertyMap, type Value } from "../server/values";
import { untilShown } from "./consistency";
import type { GraphClient, GraphObject } from "./graphClient";
import { listOf, mapOf, objectIn, objectsIn } from "./graphValues";
import { disabled as disabledRule } from "./retryRules";
import { rolesIn, rolesToGraph, scopesIn, scopesToGraph } from "./permissions";

/** The permissions of one kind that an application publishes. */
interface Kind {
  /** How the application has them, in the state's words. */
  readonly read: (app: GraphObject) => Value;
  /** The application that has just these. */
  readonly body: (permissions: readonly PropertyMap[]) => Record<string, unknown>;
  /** What may change while it is enabled. */
  readonly free: readonly string[];
}

const roles: Kind = {
  read: (app) => rolesIn(app["appRoles"]),
  body: (permissions) => ({ appRoles: rolesToGraph(permissions) }),
  free: ["enabled"],
};

const scopes: Kind = {
  read: (app) => scopesIn(objectIn(app["api"])["oauth2PermissionScopes"]),
  body: (permissions) => ({ api: { oauth2PermissionScopes: scopesToGraph(permissions) } }),
  free: [],
};

/** Graph neither changes nor removes an app role that is enabled: disables these first. */
export const disableRoles = (graph: GraphClient, path: string, wanted: Value | undefined): Promise<void> =>
  disable(graph, path, roles, wanted);

/** The same for permission scopes. */
export const disableScopes = (graph: GraphClient, path: string, wanted: Value | undefined): Promise<void> =>
  disable(graph, path, scopes, wanted);

async function disable(graph: GraphClient, path: string, kind: Kind, wanted: Value | undefined): Promise<void> {
  const present = listOf(kind.read(await graph.present(path))).map(mapOf);
  const next = new Map(listOf(wanted).map((each) => [mapOf(each)["id"], mapOf(each)]));
  const leaving = new Set(present.filter((each) => isDisturbed(each, next.get(each["id"]), kind)).map(({ id }) => id));
  if (leaving.size === 0) {
    return;
  }
  const disabled = present.map((each) => (leaving.has(each["id"]) ? { ...each, enabled: false } : each));
  await graph.patch(path, kind.body(disabled));
  const areDisabled = async (): Promise<boolean> => {
    const found = objectsIn(kind.read(await graph.present(path)));
    return found.every(({ id, enabled }) => !leaving.has(id as string) || enabled === false);
  };
  await untilShown(disabledRule, `disabled permissions of ${path}`, areDisabled, graph);
}

function isDisturbed(present: PropertyMap, next: PropertyMap | undefined, { free }: Kind): boolean {
  if (next === undefined) {
    return true;
  }
  const differs = Object.entries(present).some(
    ([name, value]) => !free.includes(name) && !sameValue(value, next[name] ?? (name === "enabled" ? true : "")),
  );
  return present["enabled"] === true && differs;
}
