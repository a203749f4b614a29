/** A resource type by whatever token a program gives it: current, aliased by API version, or from a versioned package. */
export interface ResourceType {
  /** The current token. */
  readonly token: string;
  readonly pattern: RegExp;
}

const azureNative = (service: string, name: string): ResourceType => ({
  token: `azure-native:${service}:${name}`,
  pattern: new RegExp(`^azure-native(_[a-z0-9]+_v\\w+)?:${service}(/v\\w+)?:${name}$`),
});

const azuread = (name: string): ResourceType => {
  const module = name.charAt(0).toLowerCase() + name.slice(1);
  return { token: `azuread:index/${module}:${name}`, pattern: new RegExp(`^azuread:index(/${module})?:${name}$`) };
};

export const vault = azureNative("keyvault", "Vault");
export const vaultSecret = azureNative("keyvault", "Secret");
export const vaultAccessPolicy = azureNative("keyvault", "AccessPolicy");
export const storageAccount = azureNative("storage", "StorageAccount");
export const blobContainer = azureNative("storage", "BlobContainer");
export const blobService = azureNative("storage", "BlobServiceProperties");
export const roleAssignment = azureNative("authorization", "RoleAssignment");
export const roleDefinition = azureNative("authorization", "RoleDefinition");
export const workspace = azureNative("machinelearningservices", "Workspace");
export const compute = azureNative("machinelearningservices", "Compute");
export const lakeStoreAccount = azureNative("datalakestore", "Account");
export const userAssignedIdentity = azureNative("managedidentity", "UserAssignedIdentity");
export const identityFederation = azureNative("managedidentity", "FederatedIdentityCredential");
export const diagnosticSetting = azureNative("monitor", "DiagnosticSetting");
export const privateEndpoint = azureNative("network", "PrivateEndpoint");

export const application = azuread("Application");
export const applicationPassword = azuread("ApplicationPassword");
export const applicationCertificate = azuread("ApplicationCertificate");
export const applicationFederation = azuread("ApplicationFederatedIdentityCredential");
export const flexibleFederation = azuread("ApplicationFlexibleFederatedIdentityCredential");
export const servicePrincipal = azuread("ServicePrincipal");
export const servicePrincipalPassword = azuread("ServicePrincipalPassword");
export const servicePrincipalCertificate = azuread("ServicePrincipalCertificate");
export const appRoleAssignment = azuread("AppRoleAssignment");
export const directoryRoleAssignment = azuread("DirectoryRoleAssignment");
