import { any, envelope, flag, flattened, map, object, resourceGroupName, text, type ResourceSpec } from "../spec";

const answered = [
  "deleted",
  "deletedTime",
  "hasImmutabilityPolicy",
  "hasLegalHold",
  "immutabilityPolicy",
  "lastModifiedTime",
  "leaseDuration",
  "leaseState",
  "leaseStatus",
  "legalHold",
  "remainingRetentionDays",
  "version",
];

export const blobContainer: ResourceSpec = {
  type: "azure-native:storage:BlobContainer",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}",
  apiVersion: "2024-01-01",
  parameters: {
    resourceGroupName,
    accountName: { minLength: 3, maxLength: 24 },
    containerName: { name: "copy", minLength: 3, maxLength: 63 },
  },
  properties: {
    ...envelope,
    etag: text({ readOnly: true }),
    ...flattened({
      defaultEncryptionScope: text(),
      denyEncryptionScopeOverride: flag(),
      enableNfsV3AllSquash: flag(),
      enableNfsV3RootSquash: flag(),
      immutableStorageWithVersioning: object({ enabled: flag() }),
      metadata: map(),
      publicAccess: text(),
      ...Object.fromEntries(answered.map((name) => [name, any({ readOnly: true })])),
    }),
  },
};
