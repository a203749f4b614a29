import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cloud } from "../../cloud";
import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { accepted, startOperation } from "../asyncOperations";
import { resourceNotFound } from "../errors";
import { contentOf, tagsSchema } from "../jsonContent";
import { authorizeLinked, namesIn } from "../linkedAccess";
import type { ArmContext } from "../resourceProvider";
import { invalidReference, zoneHasLinks } from "./errors";
import { settled } from "./operations";
import { recordsIn } from "./privateEndpointView";
import { privateDnsZones, privateEndpoints, virtualNetworks, type NetworkLink, type PrivateDnsZone } from "./records";

const type = "Microsoft.Network/privateDnsZones";
const collection = `/subscriptions/:subscription/resourceGroups/:group/providers/${type}`;
const path = `${collection}/:zone`;
const linkPath = `${path}/virtualNetworkLinks`;

const zoneSchema = z.looseObject({ location: z.string(), tags: tagsSchema.nullish() });
const linkSchema = z.looseObject({
  tags: tagsSchema.nullish(),
  properties: z.looseObject({
    virtualNetwork: z.looseObject({ id: z.string() }),
    registrationEnabled: z.boolean().nullish(),
  }),
});

/** Private DNS zones, the networks that ask them, and the records that private endpoints keep in them. */
export function addPrivateDnsZoneRoutes(router: Router<ArmContext>, cloud: Cloud): void {
  const zones = privateDnsZones(cloud.store);
  const find = (resourceGroup: string, name: string): PrivateDnsZone => {
    const zone = zones.get(resourceGroup, name);
    if (zone === undefined) {
      throw resourceNotFound(type, name, resourceGroup);
    }
    return zone;
  };
  const body = (zone: PrivateDnsZone): object => zoneBody(zone, zones.id(zone), records(cloud, zones.id(zone)).length);
  const where = ({ subscriptionId, apiVersion }: ArmContext) => ({ subscriptionId, apiVersion, input: {} });

  router
    .on("PUT", path, (request, { zone: name = "" }, context) => {
      const { resourceGroup = "" } = context;
      const { tags } = contentOf(request, zoneSchema);
      const before = zones.get(resourceGroup, name);
      const zone: PrivateDnsZone = {
        name: before?.name ?? name.toLowerCase(),
        resourceGroup,
        location: "global",
        tags: tags ?? {},
        etag: randomUUID(),
        links: before?.links ?? [],
      };
      zones.set(zone);
      return before === undefined
        ? accepted(startOperation(cloud, settled, where(context)), "azure-asyncoperation", {
            status: 201,
            body: body(zone),
          })
        : json(200, body(zone));
    })
    .on("GET", path, (_request, { zone = "" }, { resourceGroup = "" }) => json(200, body(find(resourceGroup, zone))))
    .on("DELETE", path, (_request, { zone = "" }, context) => {
      const found = zones.get(context.resourceGroup ?? "", zone);
      if (found === undefined) {
        return empty(204);
      }
      if (found.links.length > 0) {
        throw zoneHasLinks();
      }
      zones.delete(found);
      return accepted(startOperation(cloud, settled, where(context)), "both");
    })
    .on("GET", collection, (_request, _parameters, { resourceGroup }) =>
      json(200, { value: zones.list(resourceGroup).map(body) }),
    )
    .on("GET", `/subscriptions/:subscription/providers/${type}`, () => json(200, { value: zones.list().map(body) }))
    .on("GET", `${path}/A`, (_request, { zone = "" }, { resourceGroup = "" }) => {
      const id = zones.id(find(resourceGroup, zone));
      return json(200, { value: records(cloud, id).map((record) => recordBody(id, record)) });
    })
    .on("GET", `${path}/A/:record`, (_request, { zone = "", record = "" }, { resourceGroup = "" }) => {
      const id = zones.id(find(resourceGroup, zone));
      const found = records(cloud, id).find(({ name }) => name === record.toLowerCase());
      if (found === undefined) {
        throw resourceNotFound(`${type}/A`, `${zone}/${record}`, resourceGroup);
      }
      return json(200, recordBody(id, found));
    })
    .on("PUT", `${linkPath}/:link`, (request, { zone = "", link: name = "" }, context) => {
      const found = find(context.resourceGroup ?? "", zone);
      const { tags, properties } = contentOf(request, linkSchema);
      const id = `${zones.id(found)}/virtualNetworkLinks/${name}`;
      checkNetwork(context, properties.virtualNetwork.id, id);
      const link: NetworkLink = {
        name,
        etag: randomUUID(),
        virtualNetworkId: properties.virtualNetwork.id,
        registrationEnabled: properties.registrationEnabled ?? false,
        tags: tags ?? {},
      };
      const others = found.links.filter((each) => !isNamed(each, name));
      zones.set({ ...found, links: [...others, link] });
      const status = others.length === found.links.length ? 201 : 200;
      const operation = startOperation(cloud, settled, where(context));
      return accepted(operation, "azure-asyncoperation", { status, body: linkBody(zones.id(found), link) });
    })
    .on("GET", `${linkPath}/:link`, (_request, { zone = "", link = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, zone);
      const held = found.links.find((each) => isNamed(each, link));
      if (held === undefined) {
        throw resourceNotFound(`${type}/virtualNetworkLinks`, `${zone}/${link}`, resourceGroup);
      }
      return json(200, linkBody(zones.id(found), held));
    })
    .on("DELETE", `${linkPath}/:link`, (_request, { zone = "", link = "" }, context) => {
      const found = find(context.resourceGroup ?? "", zone);
      const left = found.links.filter((each) => !isNamed(each, link));
      if (left.length === found.links.length) {
        return empty(204);
      }
      zones.set({ ...found, links: left });
      return accepted(startOperation(cloud, settled, where(context)), "both");
    })
    .on("GET", linkPath, (_request, { zone = "" }, { resourceGroup = "" }) => {
      const found = find(resourceGroup, zone);
      return json(200, { value: found.links.map((link) => linkBody(zones.id(found), link)) });
    });
}

const isNamed = (link: NetworkLink, name: string): boolean => link.name.toLowerCase() === name.toLowerCase();

function checkNetwork(context: ArmContext, networkId: string, linkId: string): void {
  authorizeLinked(context, {
    action: `${type}/virtualNetworkLinks/write`,
    scope: linkId,
    linked: { action: "Microsoft.Network/virtualNetworks/join/action", scope: networkId },
  });
  const parts = namesIn(networkId, "Microsoft.Network/virtualNetworks");
  if (virtualNetworks(context.cloud.store).get(parts?.resourceGroup ?? "", parts?.names[0] ?? "") === undefined) {
    throw invalidReference(networkId, linkId);
  }
}

/** The records that private endpoints keep in a zone. */
const records = (cloud: Cloud, zoneId: string): { readonly name: string; readonly address: string }[] =>
  privateEndpoints(cloud.store)
    .list()
    .filter(({ zoneGroups }) =>
      zoneGroups.some(({ zones }) => zones.some((zone) => zone.zoneId.toLowerCase() === zoneId.toLowerCase())),
    )
    .flatMap((endpoint) => recordsIn(endpoint, zoneId));

const zoneBody = (zone: PrivateDnsZone, id: string, recordCount: number): object => ({
  id,
  name: zone.name,
  type,
  etag: zone.etag,
  location: zone.location,
  tags: zone.tags,
  properties: {
    maxNumberOfRecordSets: 25_000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    // The zone's own SOA record counts.
    numberOfRecordSets: recordCount + 1,
    numberOfVirtualNetworkLinks: zone.links.length,
    numberOfVirtualNetworkLinksWithRegistration: zone.links.filter((link) => link.registrationEnabled).length,
    provisioningState: "Succeeded",
  },
});

const linkBody = (zoneId: string, link: NetworkLink): object => ({
  id: `${zoneId}/virtualNetworkLinks/${link.name}`,
  name: link.name,
  type: `${type}/virtualNetworkLinks`,
  etag: `"${link.etag}"`,
  location: "global",
  tags: link.tags,
  properties: {
    provisioningState: "Succeeded",
    registrationEnabled: link.registrationEnabled,
    virtualNetwork: { id: link.virtualNetworkId },
    virtualNetworkLinkState: "Completed",
  },
});

function recordBody(zoneId: string, { name, address }: { readonly name: string; readonly address: string }): object {
  const zone = zoneId.slice(zoneId.lastIndexOf("/") + 1);
  return {
    id: `${zoneId}/A/${name}`,
    name,
    type: `${type}/A`,
    etag: createEtag(zoneId, name, address),
    properties: {
      fqdn: `${name}.${zone}.`,
      ttl: 10,
      aRecords: [{ ipv4Address: address }],
      isAutoRegistered: false,
    },
  };
}

const createEtag = (...parts: readonly string[]): string => Buffer.from(parts.join("|")).toString("base64url");
