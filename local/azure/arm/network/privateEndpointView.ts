import type { Store } from "../../store/store";
import { connectionState, targetOf } from "./privateLink";
import { privateEndpoints, type LinkConnection, type PrivateEndpoint, type ZoneGroup } from "./records";

const endpointType = "Microsoft.Network/privateEndpoints";

/** A private endpoint as ARM shows it. */
export function privateEndpointBody(store: Store, endpoint: PrivateEndpoint): object {
  const id = privateEndpoints(store).id(endpoint);
  const { connection, location, name } = endpoint;
  const shown = [connectionBody(endpoint, id)];
  const group = id.slice(0, id.indexOf(`/providers/`));
  const nic = endpoint.customNetworkInterfaceName || `${name}.nic.${endpoint.resourceGuid}`;
  return {
    name,
    id,
    etag: `W/"${endpoint.etag}"`,
    type: endpointType,
    location,
    tags: endpoint.tags,
    properties: {
      provisioningState: endpoint.provisioningState,
      resourceGuid: endpoint.resourceGuid,
      privateLinkServiceConnections: connection.manual ? [] : shown,
      manualPrivateLinkServiceConnections: connection.manual ? shown : [],
      customNetworkInterfaceName: endpoint.customNetworkInterfaceName,
      subnet: { id: endpoint.subnetId },
      ipConfigurations: [],
      networkInterfaces: [{ id: `${group}/providers/Microsoft.Network/networkInterfaces/${nic}` }],
      // A zone group answers for the names in their stead.
      customDnsConfigs: endpoint.zoneGroups.length > 0 ? [] : namesOf(endpoint),
    },
  };
}

function connectionBody(endpoint: PrivateEndpoint, id: string): object {
  const { name, target, groupIds, requestMessage, manual }: LinkConnection = endpoint.connection;
  const list = manual ? "manualPrivateLinkServiceConnections" : "privateLinkServiceConnections";
  return {
    name,
    id: `${id}/${list}/${name}`,
    etag: `W/"${endpoint.etag}"`,
    properties: {
      provisioningState: "Succeeded",
      privateLinkServiceId: target,
      groupIds,
      ...(requestMessage === undefined ? {} : { requestMessage }),
      privateLinkServiceConnectionState: { ...connectionState(endpoint), actionsRequired: "None" },
    },
    type: `${endpointType}/${list}`,
  };
}

/** The names of the target, which resolve to the endpoint's address. */
function namesOf({ connection, address }: PrivateEndpoint): object[] {
  const found = targetOf(connection.target);
  return connection.groupIds.flatMap((group) => {
    const host = found?.target.groups[group]?.host;
    return host === undefined ? [] : [{ fqdn: `${found?.name ?? ""}.${host}`, ipAddresses: [address] }];
  });
}

/** A group of zones as ARM shows it, with the records that it keeps in each zone of the right name. */
export function zoneGroupBody(store: Store, endpoint: PrivateEndpoint, { name, etag, zones }: ZoneGroup): object {
  const id = `${privateEndpoints(store).id(endpoint)}/privateDnsZoneGroups/${name}`;
  return {
    name,
    id,
    etag: `W/"${etag}"`,
    type: `${endpointType}/privateDnsZoneGroups`,
    properties: {
      provisioningState: "Succeeded",
      privateDnsZoneConfigs: zones.map((zone) => ({
        name: zone.name,
        id: `${id}/privateDnsZoneConfigs/${zone.name}`,
        etag: `W/"${etag}"`,
        type: `${endpointType}/privateDnsZoneGroups/privateDnsZoneConfigs`,
        properties: {
          provisioningState: "Succeeded",
          privateDnsZoneId: zone.zoneId,
          recordSets: recordsIn(endpoint, zone.zoneId).map(({ name: recordSetName, zoneName, address }) => ({
            recordType: "A",
            recordSetName,
            fqdn: `${recordSetName}.${zoneName}`,
            ttl: 10,
            provisioningState: "Succeeded",
            ipAddresses: [address],
          })),
        },
      })),
    },
  };
}

/** The records that an endpoint keeps in a zone: none where the zone is another service's. */
export function recordsIn(
  { connection, address }: PrivateEndpoint,
  zoneId: string,
): { readonly name: string; readonly zoneName: string; readonly address: string }[] {
  const zoneName = zoneId.slice(zoneId.lastIndexOf("/") + 1).toLowerCase();
  const found = targetOf(connection.target);
  const groups = connection.groupIds.map((group) => found?.target.groups[group]);
  return found !== undefined && groups.some((group) => group?.zone === zoneName)
    ? [{ name: found.name.toLowerCase(), zoneName, address }]
    : [];
}
