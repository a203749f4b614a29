/** What the identity that deploys may do in Microsoft Graph: create applications, and grant them permissions. */
export const deployerPermissions = [
  "Application.ReadWrite.OwnedBy",
  "AppRoleAssignment.ReadWrite.All",
  "Application.Read.All",
] as const;

/** What the identity that previews may do in Microsoft Graph. */
export const previewerPermissions = ["Application.Read.All"] as const;

/** Azure's built-in roles, by the part they play here. */
export const roles = {
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  roleBasedAccessControlAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  storageAccountContributor: "17d1049b-9a84-46fb-8f53-869881c3d3ab",
  keyVaultContributor: "f25e0fa2-a7c8-4377-a976-54943a77a395",
  keyVaultSecretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  managedIdentityContributor: "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

export type Role = keyof typeof roles;

/** On the resource group that the stack deploys to. */
export const deployerRolesOnGroup: readonly Role[] = [
  "reader",
  "storageAccountContributor",
  "keyVaultContributor",
  "keyVaultSecretsOfficer",
  "managedIdentityContributor",
  "roleBasedAccessControlAdministrator",
];

/** On a Machine Learning workspace. */
export const deployerRolesOnWorkspace: readonly Role[] = ["reader", "roleBasedAccessControlAdministrator"];

/** On both. */
export const previewerRoles: readonly Role[] = ["reader"];
