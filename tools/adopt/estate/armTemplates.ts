interface ArmTemplate {
  /** Inputs that the ID is made of. */
  readonly needs: readonly string[];
  readonly apiVersion: string;
  readonly id: (input: (name: string) => string, subscription: string) => string;
}

const inGroup = (apiVersion: string, type: string, ...names: readonly string[]): ArmTemplate => {
  const [namespace = "", ...types] = type.split("/");
  return {
    needs: ["resourceGroupName", ...names],
    apiVersion,
    id: (input, subscription) =>
      `/subscriptions/${subscription}/resourceGroups/${input("resourceGroupName")}/providers/${namespace}${types
        .map((each, index) => `/${each}/${names[index] === undefined ? "default" : input(names[index])}`)
        .join("")}`,
  };
};

/** Kinds whose resource ID is made of their inputs. */
export const armTemplates: Readonly<Record<string, ArmTemplate>> = {
  "azure-native:keyvault:Vault": inGroup("2024-11-01", "Microsoft.KeyVault/vaults", "vaultName"),
  "azure-native:storage:StorageAccount": inGroup("2024-01-01", "Microsoft.Storage/storageAccounts", "accountName"),
  "azure-native:storage:BlobContainer": {
    needs: ["resourceGroupName", "accountName", "containerName"],
    apiVersion: "2024-01-01",
    id: (input, subscription) =>
      `/subscriptions/${subscription}/resourceGroups/${input("resourceGroupName")}/providers/Microsoft.Storage/storageAccounts/${input("accountName")}/blobServices/default/containers/${input("containerName")}`,
  },
  "azure-native:managedidentity:UserAssignedIdentity": inGroup(
    "2023-01-31",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "resourceName",
  ),
  "azure-native:managedidentity:FederatedIdentityCredential": inGroup(
    "2023-01-31",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    "resourceName",
    "federatedIdentityCredentialResourceName",
  ),
  "azure-native:datalakestore:Account": inGroup("2016-11-01", "Microsoft.DataLakeStore/accounts", "accountName"),
  "azure-native:network:PrivateEndpoint": inGroup(
    "2024-05-01",
    "Microsoft.Network/privateEndpoints",
    "privateEndpointName",
  ),
  "azure-native:authorization:ManagementLockByScope": {
    needs: ["scope", "lockName"],
    apiVersion: "2020-05-01",
    id: (input) => `${input("scope")}/providers/Microsoft.Authorization/locks/${input("lockName")}`,
  },
};
