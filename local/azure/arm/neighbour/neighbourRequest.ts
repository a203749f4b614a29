import { json, type AzureRequest, type AzureResponse } from "../../http/message";
import { neighbour } from "../../landingZone/layout";
import { resourceGroupNotFound, resourceNotFound, unsupported } from "../errors";
import { requiredAction, type RequiredAction } from "../requiredAction";
import { formatResourcePath, type ProviderPart, type ResourcePath } from "../resourcePath";
import { neighbourResources } from "./neighbourResources";

/** What a request to the other subscription needs: what is there can be read, and nothing but roles is written. */
export function neighbourAction(method: string, path: ResourcePath): RequiredAction {
  const part = path.providers.at(-1);
  if (part !== undefined) return requiredAction(method, path, part);
  const type = path.resourceGroup === undefined ? "subscriptions" : "subscriptions/resourceGroups";
  return {
    action: `Microsoft.Resources/${type}/${method === "GET" ? "read" : "write"}`,
    scope: formatResourcePath(path),
  };
}

/** @throws ServiceError 404 for what is not there, and 501 for what local Azure does not do there */
export function answerOfNeighbour(request: AzureRequest, path: ResourcePath): AzureResponse {
  const id = formatResourcePath(path);
  const body = path.rest.length === 0 ? neighbourResources.get(id.toLowerCase()) : undefined;
  if (request.method !== "GET") throw unsupported(request.method, id);
  if (body !== undefined) return json(200, body);
  checkThere(path);
  throw unsupported(request.method, id);
}

/** @throws ServiceError 404, where the resource group or the resource of a path is not in the other subscription */
export function checkThere({ resourceGroup, providers, subscriptionId }: ResourcePath): void {
  if (resourceGroup === undefined) return;
  if (resourceGroup.toLowerCase() !== neighbour.resourceGroup) throw resourceGroupNotFound(resourceGroup);
  const [part] = providers;
  const top = part && topLevel(part);
  if (top === undefined) return;
  const id = formatResourcePath({ ...(subscriptionId && { subscriptionId }), resourceGroup, providers: [top] });
  if (neighbourResources.has(id.toLowerCase())) return;
  throw resourceNotFound(`${top.namespace}/${top.types[0] ?? ""}`, top.names[0] ?? "", resourceGroup);
}

const topLevel = ({ namespace, types, names }: ProviderPart): ProviderPart | undefined =>
  names[0] === undefined || namespace === "Microsoft.Authorization"
    ? undefined
    : { namespace, types: types.slice(0, 1), names: names.slice(0, 1) };
