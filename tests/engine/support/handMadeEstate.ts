import { randomUUID } from "node:crypto";
import {
  identities,
  location,
  resourceGroupId,
  resourceGroups,
  subscription,
  tenant,
  workspaceId,
} from "../../../local/azure/landingZone/layout";
import type { Administrator } from "../../support/delivery";
import { grant, microsoftGraph } from "../../support/handMade";

const group = resourceGroupId(resourceGroups.daemons);
const userReadAll = "df021288-bdef-4463-88db-98f22de89214";
const roles = {
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  azureMlDataScientist: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
} as const;
const tags = { owner: "forecasting", environment: "dev" };

/** Names of the vault and the account that somebody chose. */
export const handMade = { vault: "kv-by-hand", account: "stbyhand" } as const;

/** The settings under which the dev stack means what was made by hand. */
export const handMadeSettings: readonly string[] = [
  `vault.name=${handMade.vault}`,
  `lake.accountName=${handMade.account}`,
].flatMap((setting) => ["--config", setting]);

/**
 * Makes by hand, as the tenant's administrator, what the dev stack is made of: two applications with their service
 * principals and a grant, a vault, a lake with its file systems, and roles under names that nobody computed.
 */
export async function makeEstateByHand(administrator: Administrator): Promise<void> {
  const loader = await application(administrator, "Forecast loader");
  const mailer = await application(administrator, "Report mailer");
  await grant(administrator, loader, userReadAll);
  await administrator.arm(
    "PUT",
    `${group}/providers/Microsoft.KeyVault/vaults/${handMade.vault}`,
    "2024-11-01",
    vault(),
  );
  const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/${handMade.account}`;
  await administrator.arm("PUT", accountId, "2024-01-01", account());
  const container = async (name: string): Promise<string> => {
    const id = `${accountId}/blobServices/default/containers/${name}`;
    await administrator.arm("PUT", id, "2024-01-01", { properties: { publicAccess: "None" } });
    return id;
  };
  await assign(administrator, await container("forecasts"), roles.storageBlobDataContributor, loader);
  await assign(administrator, await container("reports"), roles.storageBlobDataReader, mailer);
  await assign(administrator, workspaceId, roles.azureMlDataScientist, loader);
}

/** Gives the object ID of the service principal. */
async function application(administrator: Administrator, displayName: string): Promise<string> {
  const owners = {
    "owners@odata.bind": [`https://graph.microsoft.com/v1.0/directoryObjects/${identities.deployer.objectId}`],
  };
  const { appId } = await administrator.graph("POST", "/applications", {
    displayName,
    signInAudience: "AzureADMyOrg",
    requiredResourceAccess: [{ resourceAppId: microsoftGraph, resourceAccess: [{ id: userReadAll, type: "Role" }] }],
    ...owners,
  });
  const principal = { appId, appRoleAssignmentRequired: true, ...owners };
  const { id = "" } = await administrator.graph("POST", "/servicePrincipals", principal);
  return id;
}

async function assign(administrator: Administrator, scope: string, role: string, principalId: string): Promise<void> {
  const roleDefinitionId = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const properties = { roleDefinitionId, principalId, principalType: "ServicePrincipal" };
  await administrator.arm("PUT", id, "2022-04-01", { properties });
}

const vault = (): unknown => ({
  location,
  tags,
  properties: {
    tenantId: tenant.id,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enablePurgeProtection: true,
    enabledForDeployment: false,
    enabledForDiskEncryption: false,
    enabledForTemplateDeployment: false,
    networkAcls: {
      defaultAction: "Deny",
      bypass: "AzureServices",
      ipRules: [{ value: "203.0.113.0/24" }],
      virtualNetworkRules: [],
    },
  },
});

const account = (): unknown => ({
  location,
  tags,
  kind: "StorageV2",
  sku: { name: "Standard_ZRS" },
  properties: {
    isHnsEnabled: true,
    minimumTlsVersion: "TLS1_2",
    supportsHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    defaultToOAuthAuthentication: true,
    allowCrossTenantReplication: false,
    isLocalUserEnabled: false,
    isSftpEnabled: false,
    networkAcls: {
      defaultAction: "Deny",
      bypass: "AzureServices",
      ipRules: [{ value: "203.0.113.0/24", action: "Allow" }],
      virtualNetworkRules: [],
    },
  },
});
