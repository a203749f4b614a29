import {
  any,
  envelope,
  flag,
  flattened,
  list,
  object,
  resourceGroupName,
  text,
  tracked,
  type Properties,
  type ResourceSpec,
} from "../spec";
import { privateEndpointConnections } from "./privateEndpointConnections";

const networkRuleSet = object(
  {
    bypass: text(),
    defaultAction: text({ required: true }),
    ipRules: list(object({ action: text(), iPAddressOrRange: text({ wire: "value", required: true }) })),
    resourceAccessRules: list(object({ resourceId: text(), tenantId: text() })),
    virtualNetworkRules: list(
      object({ action: text(), state: text(), virtualNetworkResourceId: text({ wire: "id", required: true }) }),
    ),
  },
  { wire: "networkAcls" },
);

const settings: Properties = {
  accessTier: text(),
  allowBlobPublicAccess: flag(),
  allowCrossTenantReplication: flag(),
  allowSharedKeyAccess: flag(),
  allowedCopyScope: text(),
  azureFilesIdentityBasedAuthentication: any(),
  customDomain: any(),
  defaultToOAuthAuthentication: flag(),
  dnsEndpointType: text(),
  enableExtendedGroups: flag(),
  enableHttpsTrafficOnly: flag({ wire: "supportsHttpsTrafficOnly" }),
  enableNfsV3: flag({ wire: "isNfsV3Enabled" }),
  encryption: any(),
  immutableStorageWithVersioning: any(),
  isHnsEnabled: flag({ immutable: true }),
  isLocalUserEnabled: flag(),
  isSftpEnabled: flag(),
  keyPolicy: any(),
  largeFileSharesState: text(),
  minimumTlsVersion: text(),
  networkRuleSet,
  publicNetworkAccess: text(),
  routingPreference: any(),
  sasPolicy: any(),
};

const answered: Properties = Object.fromEntries(
  [
    "accountMigrationInProgress",
    "blobRestoreStatus",
    "creationTime",
    "failoverInProgress",
    "geoReplicationStats",
    "isSkuConversionBlocked",
    "keyCreationTime",
    "lastGeoFailoverTime",
    "primaryEndpoints",
    "primaryLocation",
    "provisioningState",
    "secondaryEndpoints",
    "secondaryLocation",
    "statusOfPrimary",
    "statusOfSecondary",
    "storageAccountSkuConversionStatus",
  ].map((name) => [name, any({ readOnly: true })]),
);

export const storageAccount: ResourceSpec = {
  type: "azure-native:storage:StorageAccount",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}",
  apiVersion: "2024-01-01",
  parameters: {
    resourceGroupName,
    accountName: { name: "random", minLength: 3, maxLength: 24, pattern: /^[a-z0-9]+$/ },
  },
  properties: {
    ...envelope,
    ...tracked,
    extendedLocation: any(),
    identity: object({
      principalId: text({ readOnly: true }),
      tenantId: text({ readOnly: true }),
      type: text({ required: true }),
      userAssignedIdentities: any({ stringSet: true }),
    }),
    kind: text({ required: true }),
    sku: object({ name: text({ required: true }), tier: text({ readOnly: true }) }, { required: true }),
    ...flattened({
      ...settings,
      ...answered,
      privateEndpointConnections: privateEndpointConnections({ name: text(), type: text() }, "actionRequired"),
    }),
  },
};
