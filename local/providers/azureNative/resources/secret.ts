import { envelope, flag, integer, map, object, resourceGroupName, text, type ResourceSpec } from "../spec";

/** A vault's secret, written through ARM. ARM never answers its value and cannot delete it. */
export const secret: ResourceSpec = {
  type: "azure-native:keyvault:Secret",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}",
  apiVersion: "2024-11-01",
  parameters: {
    resourceGroupName,
    secretName: { name: "copy", pattern: /^[a-zA-Z0-9-]{1,127}$/ },
    vaultName: { pattern: /^[a-zA-Z0-9-]{3,24}$/ },
  },
  properties: {
    ...envelope,
    location: text({ readOnly: true }),
    properties: object(
      {
        attributes: object({
          created: integer({ readOnly: true }),
          enabled: flag(),
          expires: integer({ wire: "exp" }),
          notBefore: integer({ wire: "nbf" }),
          updated: integer({ readOnly: true }),
        }),
        contentType: text(),
        secretUri: text({ readOnly: true }),
        secretUriWithVersion: text({ readOnly: true }),
        value: text({ writeOnly: true }),
      },
      { required: true },
    ),
    tags: map(),
  },
  deletion: "keyVaultSecret",
};
