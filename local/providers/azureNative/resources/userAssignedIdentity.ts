import { envelope, flattened, resourceGroupName, systemData, text, tracked, type ResourceSpec } from "../spec";

export const userAssignedIdentity: ResourceSpec = {
  type: "azure-native:managedidentity:UserAssignedIdentity",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
  apiVersion: "2023-01-31",
  parameters: { resourceGroupName, resourceName: { name: "random" } },
  properties: {
    ...envelope,
    ...systemData,
    ...tracked,
    ...flattened({
      clientId: text({ readOnly: true }),
      principalId: text({ readOnly: true }),
      tenantId: text({ readOnly: true }),
    }),
  },
};
