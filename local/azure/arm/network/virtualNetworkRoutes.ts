import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { addressRange } from "../../network/addressRange";
import { accepted, startOperation } from "../asyncOperations";
import { scopeKey } from "../authorization/scope";
import { resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { shortLocation } from "../regions";
import type { ArmContext } from "../resourceProvider";
import { invalidSubnet, subnetInUse, subnetsOverlap } from "./errors";
import { settled } from "./operations";
import { privateEndpoints, virtualNetworks, type Subnet, type VirtualNetwork } from "./records";
import { rangesOverlap, rangeWithin } from "./subnetAddress";

const type = "Microsoft.Network/virtualNetworks";
const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${type}`;
const path = `${collection}/:network`;

const subnetProperties = z.looseObject({
  addressPrefix: z.string().nullish(),
  addressPrefixes: z.array(z.string()).nullish(),
  serviceEndpoints: z.array(z.looseObject({ service: z.string() })).nullish(),
  privateEndpointNetworkPolicies: z.string().nullish(),
  privateLinkServiceNetworkPolicies: z.string().nullish(),
});
const subnetSchema = z.looseObject({ properties: subnetProperties });
const networkSchema = z.looseObject({
  location: z.string(),
  tags: tagsSchema.nullish(),
  properties: z.looseObject({
    addressSpace: z.looseObject({ addressPrefixes: z.array(z.string()).min(1) }),
    subnets: z.array(z.looseObject({ name: z.string(), properties: subnetProperties })).nullish(),
  }),
});

/** Virtual networks and their subnets. */
export function addVirtualNetworkRoutes(router: Router<ArmContext>, cloud: Cloud): void {
  const networks = virtualNetworks(cloud.store);
  const find = (resourceGroup: string, name: string): VirtualNetwork => {
    const network = networks.get(resourceGroup, name);
    if (network === undefined) {
      throw resourceNotFound(type, name, resourceGroup);
    }
    return network;
  };
  const save = (network: VirtualNetwork): VirtualNetwork => {
    checkRanges(network, networks.id(network));
    networks.set(network);
    return network;
  };
  const checkUnused = (network: VirtualNetwork, subnets: readonly Subnet[]): void => {
    for (const { name } of subnets) {
      const id = `${networks.id(network)}/subnets/${name}`;
      const user = privateEndpoints(cloud.store)
        .list()
        .find(({ subnetId }) => scopeKey(subnetId) === scopeKey(id));
      if (user !== undefined) {
        throw subnetInUse(name, privateEndpoints(cloud.store).id(user));
      }
    }
  };

  router
    .on("PUT", path, (request, { network: name = "" }, { resourceGroup = "" }) => {
      const { location, tags, properties } = contentOf(request, networkSchema);
      const before = networks.get(resourceGroup, name);
      const subnets = (properties.subnets ?? []).map((subnet) =>
        subnetOf(subnet.name, subnet.properties, before?.subnets),
      );
      const gone = (before?.subnets ?? []).filter((old) => !subnets.some((subnet) => isNamed(subnet, old.name)));
      if (before !== undefined) {
        checkUnused(before, gone);
      }
      const network = save({
        name: before?.name ?? name,
        resourceGroup,
        location: shortLocation(location),
        tags: tags ?? {},
        etag: randomUUID(),
        resourceGuid: before?.resourceGuid ?? randomUUID(),
        addressPrefixes: properties.addressSpace.addressPrefixes,
        subnets,
      });
      return json(before === undefined ? 201 : 200, networkBody(network, networks.id(network)));
    })
    .on("GET", path, (_request, { network = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, network);
      return json(200, networkBody(found, networks.id(found)));
    })
    .on("DELETE", path, (_request, { network = "" }, { resourceGroup = "", subscriptionId, apiVersion }) => {
      const found = networks.get(resourceGroup, network);
      if (found === undefined) {
        return empty(204);
      }
      checkUnused(found, found.subnets);
      networks.delete(found);
      return accepted(
        startOperation(cloud, settled, { subscriptionId, apiVersion, location: found.location, input: {} }),
        "both",
      );
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: networks.list(resourceGroup).map((each) => networkBody(each, networks.id(each))) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${type}`, () =>
      json(200, { value: networks.list().map((each) => networkBody(each, networks.id(each))) }),
    )
    .on("PUT", `${path}/subnets/:subnet`, (request, { network = "", subnet: name = "" }, { resourceGroup = "" }) => {
      const before = find(resourceGroup, network);
      const subnet = subnetOf(name, contentOf(request, subnetSchema).properties, before.subnets);
      const isNew = !before.subnets.some((each) => isNamed(each, name));
      const others = before.subnets.filter((each) => !isNamed(each, name));
      save({ ...before, etag: randomUUID(), subnets: [...others, subnet] });
      return json(isNew ? 201 : 200, subnetBody(subnet, networks.id(before)));
    })
    .on("GET", `${path}/subnets/:subnet`, (_request, { network = "", subnet = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, network);
      const held = found.subnets.find((each) => isNamed(each, subnet));
      if (held === undefined) {
        throw resourceNotFound(`${type}/subnets`, `${network}/${subnet}`, resourceGroup);
      }
      return json(200, subnetBody(held, networks.id(found)));
    })
    .on("DELETE", `${path}/subnets/:subnet`, (_request, { network = "", subnet = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, network);
      const held = found.subnets.find((each) => isNamed(each, subnet));
      if (held === undefined) {
        return empty(204);
      }
      checkUnused(found, [held]);
      networks.set({ ...found, etag: randomUUID(), subnets: found.subnets.filter((each) => each !== held) });
      return empty(200);
    })
    .on("GET", `${path}/subnets`, (_request, { network = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, network);
      return json(200, { value: found.subnets.map((each) => subnetBody(each, networks.id(found))) });
    });
}

function subnetOf(name: string, given: z.output<typeof subnetProperties>, present: readonly Subnet[] = []): Subnet {
  const before = present.find((each) => isNamed(each, name));
  return {
    name: before?.name ?? name,
    etag: randomUUID(),
    addressPrefix: given.addressPrefix ?? given.addressPrefixes?.[0] ?? "",
    serviceEndpoints: (given.serviceEndpoints ?? []).map(({ service }) => service),
    privateEndpointNetworkPolicies: given.privateEndpointNetworkPolicies ?? "Disabled",
    privateLinkServiceNetworkPolicies: given.privateLinkServiceNetworkPolicies ?? "Enabled",
  };
}

/** Every subnet lies in the network's own range, and in no other subnet's. */
function checkRanges({ subnets, addressPrefixes }: VirtualNetwork, id: string): void {
  subnets.forEach(({ name, addressPrefix }, index) => {
    const isWithin = addressPrefixes.some((prefix) => rangeWithin(addressPrefix, prefix));
    if (addressRange(addressPrefix) === undefined || !isWithin) {
      throw invalidSubnet(name, id);
    }
    const other = subnets.slice(0, index).find((each) => rangesOverlap(each.addressPrefix, addressPrefix));
    if (other !== undefined) {
      throw subnetsOverlap(name, other.name);
    }
  });
}

const isNamed = (subnet: Subnet, name: string): boolean => subnet.name.toLowerCase() === name.toLowerCase();

const networkBody = (network: VirtualNetwork, id: string): object => ({
  name: network.name,
  id,
  etag: `W/"${network.etag}"`,
  type,
  location: network.location,
  tags: network.tags,
  properties: {
    provisioningState: "Succeeded",
    resourceGuid: network.resourceGuid,
    addressSpace: { addressPrefixes: network.addressPrefixes },
    subnets: network.subnets.map((subnet) => subnetBody(subnet, id)),
    virtualNetworkPeerings: [],
    enableDdosProtection: false,
  },
});

const subnetBody = (subnet: Subnet, networkId: string): object => ({
  name: subnet.name,
  id: `${networkId}/subnets/${subnet.name}`,
  etag: `W/"${subnet.etag}"`,
  type: `${type}/subnets`,
  properties: {
    provisioningState: "Succeeded",
    addressPrefix: subnet.addressPrefix,
    ...(subnet.serviceEndpoints.length === 0
      ? {}
      : {
          serviceEndpoints: subnet.serviceEndpoints.map((service) => ({
            provisioningState: "Succeeded",
            service,
            locations: ["*"],
          })),
        }),
    delegations: [],
    privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies,
    privateLinkServiceNetworkPolicies: subnet.privateLinkServiceNetworkPolicies,
  },
});
