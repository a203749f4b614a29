import type { Cloud } from "../../cloud";
import { json, queryParameter, type AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import { expandOf, pageBody } from "../queryOptions";
import type { ArmContext } from "../resourceProvider";
import { listFilter, resourceFields } from "./resourceFilter";
import type { Resource, ResourceIndex } from "./resourceIndex";
import { subscriptionScope } from "./resourceGroupRecord";
import { ResourceTimes } from "./resourceTimes";

/** The lists of resources show these fields of each, not its properties. */
const shownFields = ["id", "name", "type", "location", "tags", "kind", "sku", "identity", "systemData"] as const;

const expandable = ["createdTime", "changedTime", "provisioningState"] as const;
const options = ["$filter", "$expand", "$top", "$skiptoken"];

/** Resources of any provider, of the subscription or of one resource group. */
export function addResourceListRoutes(router: Router<ArmContext>, cloud: Cloud, index: ResourceIndex): void {
  const times = new ResourceTimes(cloud.store);
  const list = async (request: AzureRequest, context: ArmContext): Promise<object> => {
    const { matches, asksForTagValue } = listFilter<Resource>(queryParameter(request, "$filter"), resourceFields);
    const expanded = expandOf(request, expandable);
    const { objectId } = context.caller;
    const seesAll = cloud.access.allows(
      objectId,
      "Microsoft.Resources/subscriptions/resources/read",
      subscriptionScope,
    );
    const resources = await index.list(context.resourceGroup, context);
    const visible = resources.filter(
      (resource) =>
        matches(resource) && (seesAll || cloud.access.allows(objectId, `${resource.type}/read`, resource.id)),
    );
    return pageBody(request, visible, (resource) => {
      const { tags, ...rest } = shown(resource);
      return { ...rest, ...(asksForTagValue ? {} : { tags }), ...expansion(resource, expanded, times) };
    });
  };

  for (const path of [
    "/subscriptions/:subscription/resources",
    "/subscriptions/:subscription/resourceGroups/:group/resources",
  ]) {
    router.on("GET", path, async (request, _parameters, context) => json(200, await list(request, context)), options);
  }
}

const shown = (resource: Resource): Record<string, unknown> =>
  Object.fromEntries(shownFields.flatMap((field) => (resource[field] === undefined ? [] : [[field, resource[field]]])));

function expansion(resource: Resource, asked: readonly string[], times: ResourceTimes): object {
  const { properties } = resource as { readonly properties?: { readonly provisioningState?: string } };
  const known: Readonly<Record<string, string | undefined>> = {
    ...times.of(resource),
    provisioningState: properties?.provisioningState ?? "Succeeded",
  };
  return Object.fromEntries(asked.map((name) => [name, known[name]]));
}
