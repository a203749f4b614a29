import type { ResourcePath } from "../resourcePath";
import { resourceGroupId } from "../../landingZone/layout";
import type { RequiredAction } from "../requiredAction";
import { subscriptionScope } from "./resourceGroupRecord";

/** What a caller needs for ARM's own operations. `anywhere`: a role anywhere in the scope will do. */
export interface ResourcesAction extends RequiredAction {
  readonly anywhere: boolean;
}

const groupVerbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

/** The action of a request to a subscription, its resource groups or its provider registrations; undefined: free to all. */
export function resourcesAction(method: string, path: ResourcePath): ResourcesAction | undefined {
  const { subscriptionId, resourceGroup, providers, rest } = path;
  if (subscriptionId === undefined) {
    return undefined;
  }
  const collection = rest[0]?.toLowerCase();
  if (resourceGroup !== undefined) {
    const scope = resourceGroupId(resourceGroup);
    return collection === "resources"
      ? { action: "Microsoft.Resources/subscriptions/resourceGroups/resources/read", scope, anywhere: true }
      : {
          action: `Microsoft.Resources/subscriptions/resourcegroups/${groupVerbs[method] ?? "read"}`,
          scope,
          anywhere: false,
        };
  }
  const [provider] = providers;
  if (provider !== undefined && method === "POST") {
    const action = `${provider.namespace}/${provider.types[0]?.toLowerCase() ?? ""}/action`;
    return { action, scope: subscriptionScope, anywhere: false };
  }
  const type = provider === undefined ? collection : "providers";
  return {
    action: `Microsoft.Resources/subscriptions/${type === undefined ? "" : `${type}/`}read`,
    scope: subscriptionScope,
    anywhere: true,
  };
}
