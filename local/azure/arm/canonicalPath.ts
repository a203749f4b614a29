import { neighbour, subscription } from "../landingZone/layout";
import { invalidNamespace, invalidSubscriptionId, subscriptionNotFound } from "./errors";
import { isGuid } from "./authorization/guid";
import type { ResourceGroups } from "./resources/resourceGroupRecord";
import type { ResourcePath } from "./resourcePath";
import type { ResourceTypes } from "./resourceTypes";

/**
 * A path in the case ARM answers in: the names of what exists, the namespaces and types of what is known.
 * @throws ServiceError where the subscription or a namespace does not exist
 */
export function canonicalPath(path: ResourcePath, types: ResourceTypes, groups: ResourceGroups): ResourcePath {
  const { subscriptionId, resourceGroup } = path;
  return {
    subscriptionId: subscriptionId === undefined ? undefined : canonicalSubscription(subscriptionId),
    resourceGroup: resourceGroup === undefined ? undefined : (groups.get(resourceGroup)?.name ?? resourceGroup),
    providers: path.providers.map((part) => {
      const namespace = types.namespace(part.namespace);
      if (namespace === undefined) {
        throw invalidNamespace(part.namespace);
      }
      return { namespace, types: types.types(namespace, part.types), names: part.names };
    }),
    rest: path.rest,
  };
}

function canonicalSubscription(given: string): string {
  if (!isGuid(given)) {
    throw invalidSubscriptionId(given);
  }
  const id = given.toLowerCase();
  if (id !== subscription.id && id !== neighbour.id) {
    throw subscriptionNotFound(given);
  }
  return id;
}
