import { envelope, flattened, list, object, resourceGroupName, text, tracked, type ResourceSpec } from "../spec";

const rule = (properties: Parameters<typeof flattened>[0]) =>
  list(object({ name: text({ required: true }), ...flattened(properties) }));

export const dataLakeStoreAccount: ResourceSpec = {
  type: "azure-native:datalakestore:Account",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataLakeStore/accounts/{accountName}",
  apiVersion: "2016-11-01",
  parameters: { resourceGroupName, accountName: { name: "random" } },
  properties: {
    ...envelope,
    ...tracked,
    identity: object({
      principalId: text({ readOnly: true }),
      tenantId: text({ readOnly: true }),
      type: text({ required: true }),
    }),
    ...flattened({
      accountId: text({ readOnly: true }),
      creationTime: text({ readOnly: true }),
      currentTier: text({ readOnly: true }),
      defaultGroup: text(),
      encryptionConfig: object({
        keyVaultMetaInfo: object({
          encryptionKeyName: text({ required: true }),
          encryptionKeyVersion: text({ required: true }),
          keyVaultResourceId: text({ required: true }),
        }),
        type: text({ required: true }),
      }),
      encryptionProvisioningState: text({ readOnly: true }),
      encryptionState: text(),
      endpoint: text({ readOnly: true }),
      firewallAllowAzureIps: text(),
      firewallRules: rule({ startIpAddress: text({ required: true }), endIpAddress: text({ required: true }) }),
      firewallState: text(),
      lastModifiedTime: text({ readOnly: true }),
      newTier: text(),
      provisioningState: text({ readOnly: true }),
      state: text({ readOnly: true }),
      trustedIdProviderState: text(),
      trustedIdProviders: rule({ idProvider: text({ required: true }) }),
      virtualNetworkRules: rule({ subnetId: text({ required: true }) }),
    }),
  },
};
