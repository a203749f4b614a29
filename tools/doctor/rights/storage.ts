import { armGetter, armRow } from "./armRow";
import { joins } from "./keyVault";
import { action } from "./right";
import { groupOf, type FunctionRow, type ResourceRow } from "./row";

const provider = "{group}/providers/Microsoft.Storage/storageAccounts/{accountName}";

const account = armRow({
  type: "azure-native:storage:StorageAccount",
  path: provider,
  state: (id) => {
    const host = id.slice(id.lastIndexOf("/") + 1);
    return {
      primaryEndpoints: {
        dfs: `https://${host}.dfs.core.windows.net/`,
        blob: `https://${host}.blob.core.windows.net/`,
      },
    };
  },
  linked: ({ inputs }) => joins(groupOf(inputs, "networkRuleSet")["virtualNetworkRules"], "virtualNetworkResourceId"),
});

export const storageResources: readonly ResourceRow[] = [
  account,
  armRow({
    type: "azure-native:storage:BlobContainer",
    path: `${provider}/blobServices/default/containers/{containerName}`,
  }),
  armRow({
    type: "azure-native:storage:BlobServiceProperties",
    path: `${provider}/blobServices/default`,
    isAlwaysThere: true,
    // An account has its blob service for good: the provider sets it back.
    deletion: (id) => [action("Microsoft.Storage/storageAccounts/blobServices/write", id)],
  }),
  armRow({ type: "azure-native:storage:ManagementPolicy", path: `${provider}/managementPolicies/default` }),
];

export const storageFunctions: readonly FunctionRow[] = [armGetter("azure-native:storage:getStorageAccount", account)];
