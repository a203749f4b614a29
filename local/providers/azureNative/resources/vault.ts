import {
  envelope,
  flag,
  integer,
  list,
  object,
  resourceGroupName,
  systemData,
  text,
  tracked,
  type ResourceSpec,
} from "../spec";
import { privateEndpointConnections } from "./privateEndpointConnections";

const accessPolicy = object({
  applicationId: text(),
  objectId: text({ required: true }),
  permissions: object(
    {
      certificates: list(text()),
      keys: list(text()),
      secrets: list(text()),
      storage: list(text()),
    },
    { required: true },
  ),
  tenantId: text({ required: true }),
});

const networkAcls = object({
  bypass: text(),
  defaultAction: text(),
  ipRules: list(object({ value: text({ required: true }) })),
  virtualNetworkRules: list(object({ id: text({ required: true }), ignoreMissingVnetServiceEndpoint: flag() })),
});

export const vault: ResourceSpec = {
  type: "azure-native:keyvault:Vault",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}",
  apiVersion: "2024-11-01",
  parameters: { resourceGroupName, vaultName: { name: "random", pattern: /^[a-zA-Z0-9-]{3,24}$/ } },
  properties: {
    ...envelope,
    ...systemData,
    ...tracked,
    properties: object(
      {
        accessPolicies: list(accessPolicy),
        createMode: text({ writeOnly: true }),
        enablePurgeProtection: flag(),
        enableRbacAuthorization: flag(),
        enableSoftDelete: flag(),
        enabledForDeployment: flag(),
        enabledForDiskEncryption: flag(),
        enabledForTemplateDeployment: flag(),
        hsmPoolResourceId: text({ readOnly: true }),
        networkAcls,
        privateEndpointConnections: privateEndpointConnections({ etag: text() }, "actionsRequired"),
        provisioningState: text({ readOnly: true }),
        publicNetworkAccess: text(),
        sku: object({ family: text({ required: true }), name: text({ required: true }) }, { required: true }),
        softDeleteRetentionInDays: integer(),
        tenantId: text({ required: true }),
        vaultUri: text({ readOnly: true }),
      },
      { required: true },
    ),
  },
  keptLists: [["properties", "accessPolicies"]],
};
