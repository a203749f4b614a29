import { subscription, tenant } from "../../../local/azure/landingZone/layout";

export const vaultType = "azure-native:keyvault:Vault";
export const secretType = "azure-native:keyvault:Secret";
export const accountType = "azure-native:storage:StorageAccount";
export const group = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons`;
export const vaultProperties = {
  tenantId: tenant.id,
  sku: { family: "A", name: "standard" },
  enableRbacAuthorization: true,
};
export const vaultInputs = (vaultName: string): Record<string, unknown> => ({
  resourceGroupName: "rg-daemons",
  location: "westeurope",
  vaultName,
  properties: vaultProperties,
});
export const accountInputs = (accountName: string): Record<string, unknown> => ({
  resourceGroupName: "rg-daemons",
  location: "westeurope",
  accountName,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
});
