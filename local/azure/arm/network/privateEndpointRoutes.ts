import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { accepted, endUnattendedOperations, startOperation } from "../asyncOperations";
import { scopeKey } from "../authorization/scope";
import { anotherOperationInProgress, resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { authorizeLinked, namesIn } from "../linkedAccess";
import { shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import type { ResourceIndex } from "../resources/resourceIndex";
import {
  cannotChange,
  invalidReference,
  notAPrivateLinkTarget,
  oneConnection,
  subnetFull,
  unknownGroup,
} from "./errors";
import { endpointCreation, endpointDeletion, settled } from "./operations";
import { privateEndpointBody, zoneGroupBody } from "./privateEndpointView";
import { targetOf } from "./privateLink";
import {
  privateDnsZones,
  privateEndpoints,
  virtualNetworks,
  type LinkConnection,
  type PrivateEndpoint,
  type ZoneGroup,
} from "./records";
import { freeAddress } from "./subnetAddress";

const type = "Microsoft.Network/privateEndpoints";
const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${type}`;
const path = `${collection}/:endpoint`;
const groupPath = `${path}/privateDnsZoneGroups`;

const connectionSchema = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    privateLinkServiceId: z.string(),
    groupIds: z.array(z.string()).nullish(),
    requestMessage: z.string().nullish(),
  }),
});
const endpointSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  properties: z.looseObject({
    subnet: z.looseObject({ id: z.string() }),
    privateLinkServiceConnections: z.array(connectionSchema).nullish(),
    manualPrivateLinkServiceConnections: z.array(connectionSchema).nullish(),
    customNetworkInterfaceName: z.string().nullish(),
  }),
});
const zoneGroupSchema = z.looseObject({
  properties: z.looseObject({
    privateDnsZoneConfigs: z
      .array(z.looseObject({ name: z.string(), properties: z.looseObject({ privateDnsZoneId: z.string() }) }))
      .nullish(),
  }),
});

/** Private endpoints, and the zones that answer for them. */
export function addPrivateEndpointRoutes(router: Router<ArmContext>, cloud: Cloud, index: ResourceIndex): void {
  const endpoints = privateEndpoints(cloud.store);
  const find = (resourceGroup: string, name: string): PrivateEndpoint => {
    endUnattendedOperations(cloud);
    const endpoint = endpoints.get(resourceGroup, name);
    if (endpoint === undefined) {
      throw resourceNotFound(type, name, resourceGroup);
    }
    return endpoint;
  };
  const body = (endpoint: PrivateEndpoint): object => privateEndpointBody(cloud.store, endpoint);
  const where = ({ subscriptionId, apiVersion }: ArmContext, location: string) => ({
    subscriptionId,
    apiVersion,
    location,
  });

  router
    .on("PUT", path, async (request, { endpoint: name = "" }, context) => {
      const { resourceGroup = "" } = context;
      const { location, tags, properties } = contentOf(request, endpointSchema);
      const before = endpoints.get(resourceGroup, name);
      checkIdle(before, endpoints.id({ resourceGroup, name }));
      const id = endpoints.id({ resourceGroup, name: before?.name ?? name });
      const connection = connectionOf(properties, id);
      const subnetId = properties.subnet.id;
      if (before !== undefined) {
        checkUnchanged(before, subnetId, connection, id);
      }
      authorizeLinked(context, {
        action: `${type}/write`,
        scope: id,
        linked: { action: "Microsoft.Network/virtualNetworks/subnets/join/action", scope: subnetId },
      });
      const region = shortLocation(location);
      const prefix = subnetPrefix(cloud, subnetId, region, id);
      await checkTarget(index, connection, id, context);
      const taken = endpoints.list().filter((each) => scopeKey(each.subnetId) === scopeKey(subnetId));
      const address =
        before?.address ??
        freeAddress(
          prefix,
          taken.map((each) => each.address),
        );
      if (address === undefined) {
        throw subnetFull(subnetId);
      }
      const endpoint: PrivateEndpoint = {
        name: before?.name ?? name,
        resourceGroup,
        location: region,
        tags: tags ?? {},
        etag: randomUUID(),
        resourceGuid: before?.resourceGuid ?? randomUUID(),
        subnetId,
        connection,
        address,
        customNetworkInterfaceName: properties.customNetworkInterfaceName ?? "",
        provisioningState: "Updating",
        zoneGroups: before?.zoneGroups ?? [],
      };
      endpoints.set(endpoint);
      const input = { resourceGroup, name: endpoint.name };
      const operation = startOperation(cloud, endpointCreation, { ...where(context, region), input });
      return accepted(operation, "azure-asyncoperation", {
        status: before === undefined ? 201 : 200,
        body: body(endpoint),
      });
    })
    .on("GET", path, (_request, { endpoint = "" }, { resourceGroup = "" }) =>
      json(200, body(find(resourceGroup, endpoint))),
    )
    .on("DELETE", path, (_request, { endpoint = "" }, context) => {
      const { resourceGroup = "" } = context;
      const found = endpoints.get(resourceGroup, endpoint);
      if (found === undefined) {
        return empty(204);
      }
      checkIdle(found, endpoints.id(found));
      endpoints.set({ ...found, provisioningState: "Deleting" });
      const input = { resourceGroup, name: found.name };
      return accepted(startOperation(cloud, endpointDeletion, { ...where(context, found.location), input }), "both");
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: endpoints.list(resourceGroup).map(body) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${type}`, () => json(200, { value: endpoints.list().map(body) }))
    .on("PUT", `${groupPath}/:name`, (request, { endpoint = "", name = "" }, context) => {
      const found = find(context.resourceGroup ?? "", endpoint);
      checkIdle(found, endpoints.id(found));
      const before = found.zoneGroups.find((each) => isNamed(each, name));
      const configs = contentOf(request, zoneGroupSchema).properties.privateDnsZoneConfigs ?? [];
      const zoneGroup: ZoneGroup = {
        name: before?.name ?? name,
        etag: randomUUID(),
        zones: configs.map((config) => ({ name: config.name, zoneId: config.properties.privateDnsZoneId })),
      };
      const scope = `${endpoints.id(found)}/privateDnsZoneGroups/${zoneGroup.name}`;
      zoneGroup.zones.forEach(({ zoneId }) => {
        checkZone(context, zoneId, scope);
      });
      const others = found.zoneGroups.filter((each) => !isNamed(each, name));
      const changed = { ...found, etag: randomUUID(), zoneGroups: [...others, zoneGroup] };
      endpoints.set(changed);
      const operation = startOperation(cloud, settled, { ...where(context, found.location), input: {} });
      const answer = { status: before === undefined ? 201 : 200, body: zoneGroupBody(cloud.store, changed, zoneGroup) };
      return accepted(operation, "azure-asyncoperation", answer);
    })
    .on("GET", `${groupPath}/:name`, (_request, { endpoint = "", name = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, endpoint);
      const zoneGroup = found.zoneGroups.find((each) => isNamed(each, name));
      if (zoneGroup === undefined) {
        throw resourceNotFound(`${type}/privateDnsZoneGroups`, `${endpoint}/${name}`, resourceGroup);
      }
      return json(200, zoneGroupBody(cloud.store, found, zoneGroup));
    })
    .on("DELETE", `${groupPath}/:name`, (_request, { endpoint = "", name = "" }, context) => {
      const found = find(context.resourceGroup ?? "", endpoint);
      const left = found.zoneGroups.filter((each) => !isNamed(each, name));
      if (left.length === found.zoneGroups.length) {
        return empty(204);
      }
      endpoints.set({ ...found, etag: randomUUID(), zoneGroups: left });
      return accepted(startOperation(cloud, settled, { ...where(context, found.location), input: {} }), "both");
    })
    .on("GET", groupPath, (_request, { endpoint = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, endpoint);
      return json(200, { value: found.zoneGroups.map((each) => zoneGroupBody(cloud.store, found, each)) });
    });
}

const isNamed = (group: ZoneGroup, name: string): boolean => group.name.toLowerCase() === name.toLowerCase();

function checkIdle(endpoint: PrivateEndpoint | undefined, id: string): void {
  if (endpoint !== undefined && endpoint.provisioningState !== "Succeeded") {
    throw anotherOperationInProgress(id);
  }
}

function connectionOf(properties: z.output<typeof endpointSchema>["properties"], id: string): LinkConnection {
  const automatic = properties.privateLinkServiceConnections ?? [];
  const manual = properties.manualPrivateLinkServiceConnections ?? [];
  const [only, ...more] = [...automatic, ...manual];
  if (only === undefined || more.length > 0) {
    throw oneConnection(id);
  }
  const { privateLinkServiceId, groupIds, requestMessage } = only.properties;
  return {
    name: only.name,
    target: privateLinkServiceId,
    groupIds: groupIds ?? [],
    ...(requestMessage == null ? {} : { requestMessage }),
    manual: manual.length > 0,
  };
}

/** An endpoint stays in its subnet, and leads to what it led to. */
function checkUnchanged(before: PrivateEndpoint, subnetId: string, connection: LinkConnection, id: string): void {
  if (scopeKey(before.subnetId) !== scopeKey(subnetId)) {
    throw cannotChange("subnet", id);
  }
  const isSame =
    scopeKey(before.connection.target) === scopeKey(connection.target) &&
    before.connection.groupIds.join() === connection.groupIds.join() &&
    before.connection.name === connection.name;
  if (!isSame) {
    throw cannotChange("privateLinkServiceConnections", id);
  }
}

/** The subnet must be there, in the endpoint's own region. */
function subnetPrefix(cloud: Cloud, subnetId: string, region: string, endpointId: string): string {
  const parts = namesIn(subnetId, "Microsoft.Network/virtualNetworks/subnets");
  const [networkName = "", subnetName = ""] = parts?.names ?? [];
  const network = virtualNetworks(cloud.store).get(parts?.resourceGroup ?? "", networkName);
  const subnet = network?.subnets.find(({ name }) => name.toLowerCase() === subnetName.toLowerCase());
  if (subnet === undefined || network?.location !== region) {
    throw invalidReference(subnetId, endpointId);
  }
  return subnet.addressPrefix;
}

/** The target must be there; without manual approval the caller must be one who may approve. */
async function checkTarget(
  index: ResourceIndex,
  connection: LinkConnection,
  endpointId: string,
  context: ArmContext,
): Promise<void> {
  const { target, groupIds, manual } = connection;
  const found = targetOf(target);
  if (found === undefined) {
    throw notAPrivateLinkTarget(target);
  }
  const groups = Object.keys(found.target.groups);
  if (groupIds.length !== 1 || !groupIds.every((group) => groups.includes(group))) {
    throw unknownGroup(groupIds, groups);
  }
  if ((await index.get(target, context)) === undefined) {
    throw invalidReference(target, endpointId);
  }
  if (!manual) {
    const action = `${found.target.type}/PrivateEndpointConnectionsApproval/action`;
    authorizeLinked(context, { action: `${type}/write`, scope: endpointId, linked: { action, scope: target } });
  }
}

function checkZone(context: ArmContext, zoneId: string, scope: string): void {
  const parts = namesIn(zoneId, "Microsoft.Network/privateDnsZones");
  authorizeLinked(context, {
    action: `${type}/privateDnsZoneGroups/write`,
    scope,
    linked: { action: "Microsoft.Network/privateDnsZones/join/action", scope: zoneId },
  });
  const zone = privateDnsZones(context.cloud.store).get(parts?.resourceGroup ?? "", parts?.names[0] ?? "");
  if (zone === undefined) {
    throw invalidReference(zoneId, scope);
  }
}
