import {
  any,
  envelope,
  flag,
  flattened,
  integer,
  list,
  object,
  resourceGroupName,
  text,
  type ResourceSpec,
} from "../spec";

const retentionPolicy = object({
  allowPermanentDelete: flag(),
  days: integer({ minimum: 1, maximum: 365 }),
  enabled: flag(),
});

/** An account has its blob service from the start: to make it is to set it, to delete it is to set it back. */
export const blobServiceProperties: ResourceSpec = {
  type: "azure-native:storage:BlobServiceProperties",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/{blobServicesName}",
  apiVersion: "2024-01-01",
  parameters: {
    resourceGroupName,
    accountName: { minLength: 3, maxLength: 24 },
    blobServicesName: { name: "copy" },
  },
  properties: {
    ...envelope,
    sku: object({ name: text(), tier: text() }, { readOnly: true }),
    ...flattened({
      automaticSnapshotPolicyEnabled: flag(),
      changeFeed: object({ enabled: flag(), retentionInDays: integer() }),
      containerDeleteRetentionPolicy: retentionPolicy,
      cors: object({ corsRules: list(any()) }),
      defaultServiceVersion: text(),
      deleteRetentionPolicy: retentionPolicy,
      isVersioningEnabled: flag(),
      lastAccessTimeTrackingPolicy: any(),
      restorePolicy: object({
        days: integer(),
        enabled: flag({ required: true }),
        lastEnabledTime: text({ readOnly: true }),
        minRestoreTime: text({ readOnly: true }),
      }),
    }),
  },
  defaultBody: {},
};
