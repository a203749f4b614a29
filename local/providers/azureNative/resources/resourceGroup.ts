import { any, envelope, map, text, type ResourceSpec } from "../spec";

export const resourceGroup: ResourceSpec = {
  type: "azure-native:resources:ResourceGroup",
  path: "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}",
  apiVersion: "2024-03-01",
  parameters: { resourceGroupName: { name: "random", minLength: 1, maxLength: 90, pattern: /^[-\p{L}\p{N}._()]+$/u } },
  properties: {
    ...envelope,
    location: text({ required: true, immutable: true }),
    managedBy: text(),
    properties: any({ readOnly: true }),
    tags: map(),
  },
};
