import { createHash } from "node:crypto";
import type { Mocks } from "./mocks";

/** IDs of the tenant that the mocks stand for. */
export const TENANT_ID = "a9d7c1e2-5f3b-4a86-9c0d-1e2f3a4b5c6d";
export const SUBSCRIPTION_ID = "b1e8d2f3-6a4c-4b97-8d1e-2f3a4b5c6d7e";
export const DEPLOYER_ID = "c2f9e3a4-7b5d-4ca8-9e2f-3a4b5c6d7e8f";
export const GRAPH_OBJECT_ID = "d3a0f4b5-8c6e-4db9-8f3a-4b5c6d7e8f90";
export const GROUP_ID = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-daemons`;
export const WORKSPACE_ID = `${GROUP_ID}/providers/Microsoft.MachineLearningServices/workspaces/mlw-forecast`;

/** A GUID of one's own for a word, the same each time. */
export function guidOf(word: string): string {
  const digits = createHash("sha256").update(word).digest("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

export const SUBNET_ID = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-endpoints`;
export const LOG_WORKSPACE_ID = `${GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/log-platform`;
export const zoneId = (zone: string): string => `${GROUP_ID}/providers/Microsoft.Network/privateDnsZones/${zone}`;

export const roleDefinition = (guid: string): string =>
  `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

/** The name a program gave, or one with eight digits as Pulumi makes it. */
const azureName = (given: unknown, name: string): string => (typeof given === "string" ? given : `${name}01234567`);

/** Azure's part of every resource that the components declare. */
export const azure: Mocks = {
  calls: {
    "azuread:index/getClientConfig:getClientConfig": () => ({
      clientId: guidOf("deployer's client"),
      objectId: DEPLOYER_ID,
      tenantId: TENANT_ID,
    }),
    "azuread:index/getServicePrincipal:getServicePrincipal": ({ clientId }) => ({
      clientId,
      objectId: GRAPH_OBJECT_ID,
    }),
    "azure-native:machinelearningservices:getWorkspace": ({ workspaceName }) => ({
      name: workspaceName,
      storageAccount: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`,
      keyVault: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-mlw-forecast`,
    }),
    "azure-native:authorization:getRoleDefinition": ({ roleDefinitionId }) => ({ name: roleDefinitionId }),
    "azure-native:keyvault:getVault": ({ vaultName }) => ({
      name: vaultName,
      properties: { enableRbacAuthorization: vaultName !== "kv-with-policies" },
    }),
    "azure-native:authorization:getClientConfig": () => ({ subscriptionId: SUBSCRIPTION_ID, tenantId: TENANT_ID }),
  },
  resources: {
    "azuread:index/application:Application": (name) => ({
      id: `/applications/${guidOf(name)}`,
      state: { clientId: guidOf(`${name}'s client`), objectId: guidOf(name) },
    }),
    "azuread:index/servicePrincipal:ServicePrincipal": (name) => ({
      id: `/servicePrincipals/${guidOf(name)}`,
      state: { objectId: guidOf(name) },
    }),
    "azuread:index/applicationPassword:ApplicationPassword": (name, { applicationId }) => ({
      id: `${String(applicationId)}/password/${guidOf(name)}`,
      state: { keyId: guidOf(name), value: `value of ${name}`, startDate: "2026-11-20T10:00:00Z" },
    }),
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": (
      name,
      { applicationId },
    ) => ({
      id: `${String(applicationId)}/federatedIdentityCredential/${guidOf(name)}`,
      state: { credentialId: guidOf(name) },
    }),
    "azure-native:managedidentity:UserAssignedIdentity": (name, { resourceName }) => {
      const identity = azureName(resourceName, name);
      return {
        id: `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity}`,
        state: {
          name: identity,
          clientId: guidOf(`${name}'s client`),
          principalId: guidOf(name),
          tenantId: TENANT_ID,
        },
      };
    },
    "azure-native:managedidentity:FederatedIdentityCredential": (_name, inputs) => ({
      id: `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${String(inputs["resourceName"])}/federatedIdentityCredentials/${String(inputs["federatedIdentityCredentialResourceName"])}`,
    }),
    "azuread:index/applicationCertificate:ApplicationCertificate": (name, { applicationId }) => ({
      id: `${String(applicationId)}/certificate/${guidOf(name)}`,
      state: { keyId: guidOf(name) },
    }),
    "azuread:index/appRoleAssignment:AppRoleAssignment": (name) => ({ id: guidOf(name) }),
    "azure-native:authorization:RoleAssignment": (_name, { scope, roleAssignmentName }) => ({
      id: `${String(scope)}/providers/Microsoft.Authorization/roleAssignments/${String(roleAssignmentName)}`,
    }),
    "azure-native:authorization:RoleDefinition": (_name, { roleDefinitionId }) => ({
      id: roleDefinition(String(roleDefinitionId)),
    }),
    "azure-native:machinelearningservices:Compute": (_name, { computeName }) => ({
      id: `${WORKSPACE_ID}/computes/${String(computeName)}`,
      state: { name: computeName },
    }),
    "azure-native:storage:StorageAccount": (name, { accountName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${azureName(accountName, name)}`,
      state: { name: azureName(accountName, name) },
    }),
    "azure-native:storage:BlobContainer": (_name, { accountName, containerName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${String(accountName)}/blobServices/default/containers/${String(containerName)}`,
    }),
    "azure-native:storage:ManagementPolicy": (_name, { accountName, managementPolicyName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${String(accountName)}/managementPolicies/${String(managementPolicyName)}`,
    }),
    "azure-native:storage:BlobServiceProperties": (_name, { accountName, blobServicesName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/${String(accountName)}/blobServices/${String(blobServicesName)}`,
    }),
    "azure-native:monitor:DiagnosticSetting": (_name, { resourceUri, name }) => ({
      id: `${String(resourceUri)}/providers/microsoft.insights/diagnosticSettings/${String(name)}`,
    }),
    "azure-native:authorization:ManagementLockByScope": (_name, { scope, lockName }) => ({
      id: `${String(scope)}/providers/Microsoft.Authorization/locks/${String(lockName)}`,
    }),
    "azure-native:network:PrivateEndpoint": (name) => ({
      id: `${GROUP_ID}/providers/Microsoft.Network/privateEndpoints/${name}01234567`,
      state: { name: `${name}01234567` },
    }),
    "azure-native:network:PrivateDnsZoneGroup": (_name, { privateEndpointName, privateDnsZoneGroupName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.Network/privateEndpoints/${String(privateEndpointName)}/privateDnsZoneGroups/${String(privateDnsZoneGroupName)}`,
    }),
    "azure-native:keyvault:Vault": (name, { vaultName, properties }) => {
      const vault = azureName(vaultName, name);
      return {
        id: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/${vault}`,
        state: {
          name: vault,
          properties: { ...(properties as object), vaultUri: `https://${vault}.vault.azure.net/` },
        },
      };
    },
    "azure-native:keyvault:Secret": (_name, { vaultName, secretName }) => ({
      id: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/${String(vaultName)}/secrets/${String(secretName)}`,
    }),
  },
};
