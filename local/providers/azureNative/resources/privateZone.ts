import {
  envelope,
  flattened,
  integer,
  resourceGroupName,
  systemData,
  text,
  tracked,
  type Properties,
  type ResourceSpec,
} from "../spec";

const counted: Properties = Object.fromEntries(
  [
    "maxNumberOfRecordSets",
    "maxNumberOfVirtualNetworkLinks",
    "maxNumberOfVirtualNetworkLinksWithRegistration",
    "numberOfRecordSets",
    "numberOfVirtualNetworkLinks",
    "numberOfVirtualNetworkLinksWithRegistration",
  ].map((name) => [name, integer({ readOnly: true })]),
);

export const privateZone: ResourceSpec = {
  type: "azure-native:privatedns:PrivateZone",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/privateDnsZones/{privateZoneName}",
  apiVersion: "2024-06-01",
  parameters: { resourceGroupName, privateZoneName: { name: "random" } },
  properties: {
    ...envelope,
    ...systemData,
    ...tracked,
    etag: text({ readOnly: true }),
    ...flattened({ ...counted, internalId: text({ readOnly: true }), provisioningState: text({ readOnly: true }) }),
  },
};
