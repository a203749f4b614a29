import type { Cloud } from "../../cloud";
import { json, queryParameter, type AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import { RoleAssignments } from "../authorization/roleAssignments";
import { armError } from "../errors";
import type { ArmContext } from "../resourceProvider";
import type { Resource, ResourceIndex } from "./resourceIndex";
import { subscriptionScope } from "./resourceGroupRecord";

/** The lists of resources show these fields of each, not its properties. */
const shownFields = ["id", "name", "type", "location", "tags", "kind", "sku", "identity", "systemData"] as const;

/** Resources of any provider, of the subscription or of one resource group. */
export function addResourceListRoutes(router: Router<ArmContext>, cloud: Cloud, index: ResourceIndex): void {
  const assignments = new RoleAssignments(cloud.store);
  const list = async (request: AzureRequest, context: ArmContext): Promise<object> => {
    const matches = resourceFilter(queryParameter(request, "$filter"));
    const { objectId } = context.caller;
    const seesAll = cloud.access.allows(
      objectId,
      "Microsoft.Resources/subscriptions/resources/read",
      subscriptionScope,
    );
    const resources = await index.list(context.resourceGroup, context);
    const visible = resources.filter(({ id }) => seesAll || assignments.touches(objectId, id));
    return { value: visible.filter(matches).map(shown) };
  };

  router
    .on("GET", "/subscriptions/:subscription/resources", async (request, _parameters, context) =>
      json(200, await list(request, context)),
    )
    .on("GET", "/subscriptions/:subscription/resourceGroups/:group/resources", async (request, _parameters, context) =>
      json(200, await list(request, context)),
    );
}

const shown = (resource: Resource): object =>
  Object.fromEntries(shownFields.flatMap((field) => (resource[field] === undefined ? [] : [[field, resource[field]]])));

/** `resourceType eq '…'`, `name eq '…'` or none. */
function resourceFilter(filter: string | undefined): (resource: Resource) => boolean {
  if (filter === undefined || filter === "") {
    return () => true;
  }
  const [, field, value] = /^\s*(resourceType|name)\s+eq\s+'([^']*)'\s*$/i.exec(filter) ?? [];
  if (field === undefined || value === undefined) {
    throw armError(
      501,
      "NotImplemented",
      `Local Azure reads no $filter but "resourceType eq '…'" and "name eq '…'" here, and was given "${filter}".`,
    );
  }
  const wanted = value.toLowerCase();
  return ({ type, name }) => (field.toLowerCase() === "name" ? name : type).toLowerCase() === wanted;
}
