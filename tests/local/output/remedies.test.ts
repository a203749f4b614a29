import { remedyFor } from "../../../local/output/remedies";

const remedyOf = (message: string, type?: string): string | undefined =>
  remedyFor({ severity: "error", message, ...(type === undefined ? {} : { type }) });

const refused = (action: string): string =>
  `Status=403 Code="AuthorizationFailed" Message="The client 'a' with object id 'b' does not have authorization to perform action '${action}' over scope '/subscriptions/c' or the scope is invalid."`;

it.each([
  ["azuread.Application", "Application.ReadWrite.OwnedBy"],
  ["azuread.ApplicationPassword", "Application.ReadWrite.OwnedBy"],
  ["azuread.AppRoleAssignment", "AppRoleAssignment.ReadWrite.All"],
])("names the permission that %s needs, which Microsoft Graph does not", (type, permission) => {
  const message =
    "unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges";
  expect(remedyOf(message, type)).toContain(permission);
});

it.each([
  ["Microsoft.Authorization/roleAssignments/write", "the role Role Based Access Control Administrator there"],
  ["Microsoft.KeyVault/vaults/secrets/write", "the role Key Vault Contributor there"],
  ["Microsoft.Storage/storageAccounts/write", "the role Storage Account Contributor there"],
  ["Microsoft.Network/privateEndpoints/write", "a role that has Microsoft.Network/privateEndpoints/write there"],
])("names a role that has %s", (action, remedy) => {
  expect(remedyOf(refused(action))).toContain(remedy);
});

it.each([
  [
    "a deleted vault has the name",
    'Status=409 Code="ConflictError" Message="A vault with the same name already exists in deleted state."',
    "Set azure-daemon-access:vault.recover to true",
  ],
  [
    "a vault brought a secret along",
    "cannot create already existing resource '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/x'",
    "run the command that npx daemon-access credentials recover prints for it",
  ],
  [
    "a new role has not reached all of Azure",
    'Status=404 Code="RoleDefinitionDoesNotExist" Message="The specified role definition with ID \'a\' does not exist."',
    "run the same command again in a minute",
  ],
  [
    "a new application has not reached all of Entra ID",
    "unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource 'a' does not exist",
    "run the same command again in a minute",
  ],
  ["an answer was lost", "other side closed", "it finds what was created"],
  ["a connection was reset", "read ECONNRESET", "it finds what was created"],
  [
    "retries were used up",
    'Status=429 Code="SubscriptionRequestsThrottled" Message="Number of \'write\' requests exceeded."',
    "Run the same command again in a few minutes",
  ],
  [
    "two operations on a vault met",
    'Status=409 Code="ConflictError" Message="A conflict occurred that prevented the operation from completing."',
    "Another operation on the vault was in progress. Run the same command again.",
  ],
  [
    "an account is still being created",
    'Status=409 Code="StorageAccountOperationInProgress" Message="An operation is currently performing"',
    "Run the same command again in a minute",
  ],
  [
    "a deleted workspace has the name",
    'Status=200 Code="BadRequest" Message="Soft-deleted workspace exists. Please purge or recover it."',
    "under Azure Machine Learning, Recently deleted",
  ],
  [
    "the directory is full",
    "unexpected status 403 (403 Forbidden) with error: Directory_QuotaExceeded: The directory object quota limit",
    "ask the tenant's administrator for a larger quota",
  ],
  [
    "the deployer's token is not of this time",
    "AADSTS700024: Client assertion is not within its valid time range.",
    "check this machine's clock",
  ],
  [
    "a lock stands in the way",
    'Status=409 Code="ScopeLocked" Message="The scope \'a\' cannot perform delete operation"',
    "Lift the lock that the message names in a separate run first",
  ],
  [
    "a right to something linked is missing",
    `Status=403 Code="LinkedAuthorizationFailed" Message="The client 'a' has permission to perform action 'b' on scope 'c'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '/subnets/d' (respectively) or the linked scope(s) are invalid."`,
    "Give the deployer a role that has Microsoft.Network/virtualNetworks/subnets/join/action on /subnets/d.",
  ],
])("says what to do where %s", (_what, message, remedy) => {
  expect(remedyOf(message)).toContain(remedy);
});

const existing = (path: string): string =>
  `cannot create already existing resource '/subscriptions/s/resourceGroups/g/providers/${path}'`;

it.each([
  [
    "a grant",
    "",
    "Permission being assigned already exists on the object",
    "import the grant, or set consent: external",
  ],
  [
    "a role assignment",
    "",
    'Code="RoleAssignmentExists"',
    "The role was assigned before, by hand or under a daemon's former name: import",
  ],
  [
    "a role assignment of this name",
    "",
    existing("Microsoft.Authorization/roleAssignments/a"),
    "import it, or delete it",
  ],
  ["a vault", "", existing("Microsoft.KeyVault/vaults/kv"), "use it with vault.existing"],
  ["a vault of somebody else's", "", 'Code="VaultAlreadyExists"', "in use elsewhere in Azure"],
  ["a vault secret", "", existing("Microsoft.KeyVault/vaults/kv/secrets/x"), "npx daemon-access credentials recover"],
  ["a storage account", "", existing("Microsoft.Storage/storageAccounts/st"), "use it with lake.existing"],
  ["a storage account of somebody else's", "", 'Code="StorageAccountAlreadyTaken"', "set lake.accountName to another"],
  [
    "an application",
    "",
    'An existing "azuread_application" was found and `prevent_duplicate_names`',
    "another displayName",
  ],
  [
    "a service principal",
    "azuread.ServicePrincipal",
    'A resource with the ID "a" already exists',
    "already has a service principal",
  ],
  [
    "a certificate",
    "azuread.ApplicationCertificate",
    'A resource with the ID "a" already exists',
    "already has the certificate",
  ],
  ["anything else", "", existing("Microsoft.Network/privateEndpoints/p"), "import it, or use another name"],
])("says of %s that is there already what it is, and the way on", (_what, type, message, remedy) => {
  expect(remedyOf(message, type)).toContain(remedy);
});

it("names both ways on where the deployer may not grant", () => {
  const denied = remedyOf("Authorization_RequestDenied: Insufficient privileges", "azuread.AppRoleAssignment");
  expect(denied).toContain("AppRoleAssignment.ReadWrite.All, and Application.Read.All beside it");
  expect(denied).toContain("or set consent: request");
});

it.each([
  ["AADSTS7000222: The provided client secret keys for app 'a' are expired.", "has expired"],
  ["AADSTS700016: Application with identifier 'a' was not found", "Check ARM_CLIENT_ID and ARM_TENANT_ID"],
  ["AADSTS90002: Tenant 'a' not found.", "Correct azuread:tenantId"],
  ["AADSTS7002138: No matching federated identity record found", "letter by letter"],
  ['Status=404 Code="ResourceGroupNotFound"', "Create the resource group"],
  ['Status=404 Code="SubscriptionNotFound"', "Correct azure-native:subscriptionId"],
  ['Status=400 Code="UnmatchedPrincipalType"', "principalType"],
  ['Status=400 Code="LocationNotAvailableForResourceType"', "Set azure-daemon-access:location"],
  ['Status=400 Code="SubnetsHaveNoServiceEndpointsConfigured"', "service endpoints"],
  ['Status=409 Code="RoleDefinitionWithSameNameExists"', "machineLearningRoles to existing"],
  [
    'Status=409 Code="MissingSubscriptionRegistration" Message="The subscription is not registered to use namespace \'Microsoft.KeyVault\'."',
    "az provider register --namespace Microsoft.KeyVault",
  ],
])("tells a deployer who meets %s what to do", (message, remedy) => {
  expect(remedyOf(message)).toContain(remedy);
});

it.each([
  "unexpected status 409 (409 Conflict) with error: InvalidFederatedIdentityCredentialValue: Issuer and subject are not unique",
  "unexpected status 409 (409 Conflict) with error: Request_MultipleObjectsWithSameKeyValue: FederatedIdentityCredential with name main already exists.",
])("leads a renamed trust to its former name, and trusts that swap what they trust through two updates", (message) => {
  expect(remedyOf(message, "azuread.ApplicationFederatedIdentityCredential")).toMatch(
    /set its formerName\. .*take the old one out of the settings, run up, then put the new one in and run up again\.$/,
  );
});

it("leaves other errors to their own words", () => {
  expect(remedyOf('Status=409 Code="AccountIsBusy" Message="It is busy."')).toBeUndefined();
});
