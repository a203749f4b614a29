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

it("leaves other errors to their own words", () => {
  expect(remedyOf('Status=409 Code="StorageAccountAlreadyTaken" Message="It is already taken."')).toBeUndefined();
});
