import { openNetwork } from "../../dataLake/accountRecord";
import { accountView } from "../../dataLake/accountView";
import { maximumRetentionDays } from "../../keyVault/vaultRecord";
import { vaultView } from "../../keyVault/vaultView";
import { location, neighbour, subscription, tenant } from "../../landingZone/layout";
import { workspaceBody } from "../machineLearning/workspaceRecord";
import { subscriptionBodyOf } from "../resources/subscriptionRoutes";

const subscriptionId = `/subscriptions/${neighbour.id}`;
const groupId = `${subscriptionId}/resourceGroups/${neighbour.resourceGroup}`;
const laidOut = "2026-01-05T08:00:00.000Z";
const systemData = {
  createdBy: "landing-zone",
  createdByType: "Application",
  createdAt: laidOut,
  lastModifiedBy: "landing-zone",
  lastModifiedByType: "Application",
  lastModifiedAt: laidOut,
} as const;

export const neighbourVaultId = `${groupId}/providers/Microsoft.KeyVault/vaults/${neighbour.vault}`;
export const neighbourStorageAccountId = `${groupId}/providers/Microsoft.Storage/storageAccounts/${neighbour.storageAccount}`;
export const neighbourWorkspaceId = `${groupId}/providers/Microsoft.MachineLearningServices/workspaces/${neighbour.workspace}`;

/** What is in the other subscription: the body of each thing, by its ID in lowercase letters. */
export const neighbourResources: ReadonlyMap<string, object> = new Map(
  [
    [subscriptionId, subscriptionBodyOf(neighbour)] as const,
    [groupId, group()] as const,
    [neighbourWorkspaceId, workspace()] as const,
    [neighbourVaultId, vault()] as const,
    [neighbourStorageAccountId, storageAccount()] as const,
  ].map(([id, body]) => [id.toLowerCase(), body]),
);

function group(): object {
  return {
    id: groupId,
    name: neighbour.resourceGroup,
    type: "Microsoft.Resources/resourceGroups",
    location,
    tags: {},
    properties: { provisioningState: "Succeeded" },
  };
}

function workspace(): object {
  const body = workspaceBody({
    name: neighbour.workspace,
    resourceGroup: neighbour.resourceGroup,
    location,
    tags: {},
    kind: "Default",
    sku: { name: "Basic", tier: "Basic" },
    identity: {
      type: "SystemAssigned",
      principalId: "7c1e4f90-2a5d-4b38-8d67-9f0b3e6a1c42",
      tenantId: tenant.id,
    },
    settings: { storageAccount: neighbourStorageAccountId, keyVault: neighbourVaultId },
    workspaceId: "1d8f5a36-4e7b-4c09-b2a1-3c6e9d0f8b57",
    storageHnsEnabled: false,
    provisioningState: "Succeeded",
    systemData,
  });
  return JSON.parse(JSON.stringify(body).replaceAll(subscription.id, neighbour.id)) as object;
}

function vault(): object {
  const properties = {
    sku: { family: "A", name: "standard" },
    tenantId: tenant.id,
    accessPolicies: [],
    enabledForDeployment: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: maximumRetentionDays,
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    publicNetworkAccess: "Enabled",
  } as const;
  const { resourceGroup, vault: name } = neighbour;
  return vaultView({ id: neighbourVaultId, name, resourceGroup, location, tags: {}, properties, systemData }, []);
}

function storageAccount(): object {
  const { resourceGroup, storageAccount: name } = neighbour;
  const properties = {
    accessTier: "Hot",
    minimumTlsVersion: "TLS1_2",
    supportsHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    allowCrossTenantReplication: false,
    isHnsEnabled: false,
    networkAcls: openNetwork,
  } as const;
  const account = {
    id: neighbourStorageAccountId,
    name,
    resourceGroup,
    location,
    tags: {},
    properties,
    blobService: {},
  };
  return accountView(
    { ...account, kind: "StorageV2", sku: "Standard_LRS", createdAt: laidOut, provisioningState: "Succeeded" },
    [],
  );
}
