import { any, envelope, flag, flattened, list, object, resourceGroupName, text, type ResourceSpec } from "../spec";

const rule = object({
  definition: object({ actions: any({ required: true }), filters: any() }, { required: true }),
  enabled: flag(),
  name: text({ required: true }),
  type: text({ required: true }),
});

export const managementPolicy: ResourceSpec = {
  type: "azure-native:storage:ManagementPolicy",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/managementPolicies/{managementPolicyName}",
  apiVersion: "2024-01-01",
  parameters: {
    resourceGroupName,
    accountName: { minLength: 3, maxLength: 24 },
    managementPolicyName: { name: "copy" },
  },
  properties: {
    ...envelope,
    ...flattened({
      lastModifiedTime: text({ readOnly: true }),
      policy: object({ rules: list(rule, { required: true }) }, { required: true }),
    }),
  },
};
