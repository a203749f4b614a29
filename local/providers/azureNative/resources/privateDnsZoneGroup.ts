import { any, flattened, list, object, resourceGroupName, text, type ResourceSpec } from "../spec";

export const privateDnsZoneGroup: ResourceSpec = {
  type: "azure-native:network:PrivateDnsZoneGroup",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
  apiVersion: "2024-05-01",
  parameters: { resourceGroupName, privateEndpointName: {}, privateDnsZoneGroupName: { name: "copy" } },
  properties: {
    id: text({ readOnly: true }),
    name: text(),
    etag: text({ readOnly: true }),
    ...flattened({
      privateDnsZoneConfigs: list(
        object({
          name: text(),
          ...flattened({ privateDnsZoneId: text(), recordSets: any({ readOnly: true }) }),
        }),
      ),
      provisioningState: text({ readOnly: true }),
    }),
  },
};
