import { identities, resourceGroupId, resourceGroups, subscription, workspaceId, type IdentityName } from "./layout";

/** Microsoft Graph application permissions that admin consent is given for. */
export const graphPermissions: Readonly<Record<IdentityName, readonly string[]>> = {
  deployer: ["Application.ReadWrite.OwnedBy", "AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
  consumer: [],
  stranger: [],
  administrator: [
    "Application.ReadWrite.OwnedBy",
    "AppRoleAssignment.ReadWrite.All",
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.ReadWrite.All",
    "User.Read.All",
  ],
};

const roles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  accessAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  storageAccountContributor: "17d1049b-9a84-46fb-8f53-869881c3d3ab",
  keyVaultContributor: "f25e0fa2-a7c8-4377-a976-54943a77a395",
  keyVaultSecretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  keyVaultCertificatesOfficer: "a4417e6f-fecd-4de8-b567-7b0420556985",
  managedIdentityContributor: "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
  keyVaultReader: "21090545-7ca7-4776-b22c-e363652d74d2",
} as const;

interface Right {
  readonly principalId: string;
  readonly role: keyof typeof roles;
  readonly scope: string;
}

const { deployer, consumer, administrator } = identities;
const daemons = resourceGroupId(resourceGroups.daemons);

const rights: readonly Right[] = [
  { principalId: deployer.objectId, role: "reader", scope: daemons },
  { principalId: deployer.objectId, role: "storageAccountContributor", scope: daemons },
  { principalId: deployer.objectId, role: "keyVaultContributor", scope: daemons },
  { principalId: deployer.objectId, role: "keyVaultSecretsOfficer", scope: daemons },
  { principalId: deployer.objectId, role: "managedIdentityContributor", scope: daemons },
  { principalId: deployer.objectId, role: "accessAdministrator", scope: daemons },
  { principalId: deployer.objectId, role: "reader", scope: workspaceId },
  { principalId: deployer.objectId, role: "accessAdministrator", scope: workspaceId },
  { principalId: consumer.objectId, role: "keyVaultReader", scope: daemons },
  { principalId: administrator.objectId, role: "keyVaultCertificatesOfficer", scope: daemons },
  { principalId: administrator.objectId, role: "owner", scope: `/subscriptions/${subscription.id}` },
];

/** Azure role assignments of the landing zone's identities. The stranger has none. */
export const azureRoleAssignments = rights.map(({ principalId, role, scope }) => ({
  principalId,
  roleDefinitionId: roles[role],
  scope,
}));
