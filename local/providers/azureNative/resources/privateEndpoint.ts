import {
  any,
  envelope,
  flattened,
  list,
  object,
  resourceGroupName,
  text,
  tracked,
  type Property,
  type ResourceSpec,
} from "../spec";

const connections: Property = list(
  object({
    etag: text({ readOnly: true }),
    id: text(),
    name: text(),
    type: text({ readOnly: true }),
    ...flattened({
      groupIds: list(text()),
      privateLinkServiceConnectionState: object({ actionsRequired: text(), description: text(), status: text() }),
      privateLinkServiceId: text(),
      provisioningState: text({ readOnly: true }),
      requestMessage: text(),
    }),
  }),
);

export const privateEndpoint: ResourceSpec = {
  type: "azure-native:network:PrivateEndpoint",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}",
  apiVersion: "2024-05-01",
  parameters: { resourceGroupName, privateEndpointName: { name: "random" } },
  properties: {
    ...envelope,
    ...tracked,
    etag: text({ readOnly: true }),
    extendedLocation: any(),
    ...flattened({
      applicationSecurityGroups: any(),
      customDnsConfigs: list(object({ fqdn: text(), ipAddresses: list(text()) })),
      customNetworkInterfaceName: text(),
      ipConfigurations: any(),
      manualPrivateLinkServiceConnections: connections,
      networkInterfaces: any({ readOnly: true }),
      privateLinkServiceConnections: connections,
      provisioningState: text({ readOnly: true }),
      subnet: object({ id: text(), name: text() }, { immutable: true }),
    }),
  },
};
