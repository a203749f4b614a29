import { any, envelope, integer, map, object, resourceGroupName, systemData, text, type ResourceSpec } from "../spec";

export const compute: ResourceSpec = {
  type: "azure-native:machinelearningservices:Compute",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/computes/{computeName}",
  apiVersion: "2025-12-01",
  parameters: {
    resourceGroupName,
    workspaceName: { pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/ },
    computeName: { name: "copy", pattern: /^[a-zA-Z](?![a-zA-Z0-9-]*-\d+$)[a-zA-Z0-9-]{2,23}$/ },
  },
  properties: {
    ...envelope,
    ...systemData,
    identity: object({
      principalId: text({ readOnly: true }),
      tenantId: text({ readOnly: true }),
      type: text({ required: true }),
      userAssignedIdentities: any({ stringSet: true }),
    }),
    location: text(),
    // One shape for each computeType, and none of them is judged here: the service does.
    properties: any(),
    sku: object({ capacity: integer(), family: text(), name: text({ required: true }), size: text(), tier: text() }),
    tags: map(),
  },
};
