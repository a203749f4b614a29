import { json } from "../../http/message";
import type { Operation, Router } from "../../http/router";
import { invalidNamespace } from "../errors";
import { expandOf, pageBody } from "../queryOptions";
import { requiredAction } from "../requiredAction";
import { parseResourcePath } from "../resourcePath";
import { builtInRoles } from "./builtInRoles";
import { extensionRoot, type ExtensionContext } from "./extensionContext";

/** Whatever has a namespace and routes. */
interface Described {
  readonly namespace: string;
  readonly routes: { readonly operations: readonly Operation[] };
}

interface Action {
  readonly name: string;
  readonly isDataAction: boolean;
}

/**
 * What can be done with each provider's resources, and allowed by a role: what local Azure has routes for, and what
 * built-in roles name. Whoever is signed in may read it.
 */
export function addProviderOperationRoutes(
  router: Router<ExtensionContext>,
  providers: () => readonly Described[],
): void {
  const path = `${extensionRoot}/providerOperations`;
  router
    .on(
      "GET",
      path,
      (request) => {
        expandOf(request, ["resourceTypes"]);
        return json(200, pageBody(request, providers(), body));
      },
      ["$expand", "$skiptoken"],
    )
    .on(
      "GET",
      `${path}/:namespace`,
      (request, { namespace = "" }) => {
        expandOf(request, ["resourceTypes"]);
        const found = providers().find((provider) => provider.namespace.toLowerCase() === namespace.toLowerCase());
        if (found === undefined) {
          throw invalidNamespace(namespace);
        }
        return json(200, body(found));
      },
      ["$expand"],
    );
}

function body(provider: Described): object {
  const actions = new Map(
    [...routed(provider), ...named(provider)].map((action) => [action.name.toLowerCase(), action]),
  );
  const byType = new Map<string, Action[]>();
  for (const action of actions.values()) {
    const type = typeOf(action);
    byType.set(type, [...(byType.get(type) ?? []), action]);
  }
  const { namespace } = provider;
  return {
    id: `/providers/Microsoft.Authorization/providerOperations/${namespace}`,
    type: "Microsoft.Authorization/providerOperations",
    name: namespace,
    displayName: namespace,
    operations: (byType.get("") ?? []).map(operationBody),
    resourceTypes: [...byType]
      .filter(([type]) => type !== "")
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, these]) => ({ name: type, displayName: type, operations: these.map(operationBody) })),
  };
}

const operationBody = ({ name, isDataAction }: Action): object => ({
  name,
  displayName: name,
  description: name,
  origin: "user,system",
  properties: null,
  isDataAction,
});

/** "vaults/secrets" of "Microsoft.KeyVault/vaults/secrets/read"; nothing of "Microsoft.KeyVault/register/action". */
const typeOf = ({ name }: Action): string => {
  const segments = name.split("/").slice(1);
  return segments.slice(0, segments.at(-1) === "action" ? -2 : -1).join("/");
};

function routed({ namespace, routes }: Described): Action[] {
  return routes.operations.flatMap(({ method, path }) => {
    const parsed = parseResourcePath(path.slice(path.lastIndexOf("/providers/")));
    const part = parsed?.providers[0];
    return parsed === undefined || part?.namespace !== namespace
      ? []
      : [{ name: requiredAction(method, parsed, part).action, isDataAction: false }];
  });
}

function named({ namespace }: Described): Action[] {
  const ofNamespace = (names: readonly string[], isDataAction: boolean): Action[] =>
    names
      .filter((name) => name.startsWith(`${namespace}/`) && !name.includes("*"))
      .map((name) => ({ name, isDataAction }));
  return builtInRoles.flatMap(({ actions, dataActions }) => [
    ...ofNamespace(actions, false),
    ...ofNamespace(dataActions, true),
  ]);
}
