import { envelope, flattened, list, resourceGroupName, systemData, text, type ResourceSpec } from "../spec";

export const federatedIdentityCredential: ResourceSpec = {
  type: "azure-native:managedidentity:FederatedIdentityCredential",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
  apiVersion: "2023-01-31",
  parameters: {
    resourceGroupName,
    resourceName: {},
    federatedIdentityCredentialResourceName: { name: "copy", pattern: /^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$/ },
  },
  properties: {
    ...envelope,
    ...systemData,
    ...flattened({
      audiences: list(text(), { required: true }),
      issuer: text({ required: true }),
      subject: text({ required: true }),
    }),
  },
};
