import {
  dataLakeStoreId,
  identities,
  resourceGroupId,
  resourceGroups,
  tenant,
  workspaceId,
} from "../../../local/azure/landingZone/layout";
import { people } from "../../../local/azure/landingZone/people";
import type { LocalAzureForTests } from "../../support/localAzure";
import { issueCertificate } from "../../support/certificates";
import { Administrator } from "../../support/delivery";
import type { Settings } from "./row";

export const group = resourceGroupId(resourceGroups.daemons);
const workspaces = resourceGroupId(resourceGroups.machineLearning);
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub`;

/** What is there before the stack, by what settings name it as. */
export const there = {
  subnets: [`${network}/subnets/snet-one`, `${network}/subnets/snet-two`],
  zone: (name: string, of = "hub"): string =>
    `${resourceGroupId(of === "hub" ? resourceGroups.daemons : resourceGroups.machineLearning)}/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`,
  logs: ["log-one", "log-two"].map((name) => `${group}/providers/Microsoft.OperationalInsights/workspaces/${name}`),
  vaultId: `${group}/providers/Microsoft.KeyVault/vaults/kv-platform`,
  accountId: `${group}/providers/Microsoft.Storage/storageAccounts/stplatform`,
  linked: {
    storageAccountId: `${workspaces}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`,
    containerRegistryId: `${workspaces}/providers/Microsoft.ContainerRegistry/registries/crmlwforecast`,
    vaultId: `${workspaces}/providers/Microsoft.KeyVault/vaults/kv-mlw-forecast`,
  },
  workspaceId: `${workspaces}/providers/Microsoft.MachineLearningServices/workspaces/mlw-second`,
  people: people.map(({ objectId }) => objectId),
} as const;

/** What is only known once it is there. */
export interface Facts {
  /** Client IDs of applications that somebody else made. */
  readonly adopted: string;
  readonly another: string;
  readonly certificates: readonly string[];
  /** Of the stack's own vault. */
  readonly vaultName: string;
}

/** Lays out what the settings name. */
export async function layOut(local: LocalAzureForTests): Promise<Facts> {
  const administrator = new Administrator(local);
  const location = "westeurope";
  const subnet = (name: string, at: number) => ({
    name,
    properties: {
      addressPrefix: `10.20.${at}.0/24`,
      serviceEndpoints: [{ service: "Microsoft.KeyVault" }, { service: "Microsoft.Storage" }],
    },
  });
  await administrator.arm("PUT", network, "2024-05-01", {
    location,
    properties: {
      addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      subnets: [subnet("snet-one", 1), subnet("snet-two", 2)],
    },
  });
  for (const name of ["vaultcore.azure.net", "dfs.core.windows.net", "blob.core.windows.net"]) {
    for (const where of ["hub", "other"])
      await administrator.arm("PUT", there.zone(name, where), "2024-06-01", { location: "global" });
  }
  for (const id of there.logs) await administrator.arm("PUT", id, "2023-09-01", { location, properties: {} });
  await administrator.arm("PUT", there.vaultId, "2024-11-01", {
    location,
    properties: {
      tenantId: tenant.id,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
    },
  });
  await administrator.arm("PUT", there.accountId, "2024-01-01", {
    location,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    properties: { isHnsEnabled: true },
  });
  const { objectId: principalId } = identities.administrator;
  local.azure.cloud.access.seed({
    principalId,
    roleDefinitionId: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    scope: group,
  });
  const register = async (displayName: string): Promise<string> => {
    const { appId = "" } = await administrator.graph("POST", "/applications", { displayName });
    await administrator.graph("POST", "/servicePrincipals", { appId });
    return appId;
  };
  const workspaceBody = {
    location,
    properties: { storageAccount: there.linked.storageAccountId, keyVault: there.linked.vaultId },
  };
  await administrator.arm("PUT", there.workspaceId, "2025-12-01", {
    ...workspaceBody,
    identity: { type: "SystemAssigned" },
  });
  const dates = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-31T00:00:00Z" };
  return {
    adopted: await register("adopted"),
    another: await register("another"),
    certificates: [(await issueCertificate(dates)).pem, (await issueCertificate(dates)).pem],
    vaultName: "",
  };
}

/** A trust of each kind, and of each way to say it. */
const trusts = (): Settings[] => [
  { name: "branch", description: "Main", gitHub: { repository: "contoso/forecasts", branch: "main" } },
  { name: "tag", gitHub: { repository: "contoso/forecasts", tag: "v1" } },
  { name: "stage", gitHub: { repository: "contoso/forecasts", environment: "production" } },
  { name: "pulls", gitHub: { repository: "contoso/forecasts", pullRequest: true } },
  { name: "numbered", gitHub: { repository: "contoso/numbered", branch: "main", ownerId: 11, repositoryId: 12 } },
  { name: "connection", azureDevOps: { organizationId: guid(1), serviceConnectionId: guid(2) } },
  { name: "cluster", kubernetes: { issuer: "https://aks.example/one", namespace: "jobs", serviceAccount: "loader" } },
  { name: "identity", managedIdentity: { principalId: guid(3) } },
  { name: "custom", custom: { issuer: "https://issuer.example", subject: "loader", audience: "api://loader" } },
];

export const secretUri = (vault: string, name: string): string => `https://${vault}.vault.azure.net/secrets/${name}`;

const signer = (pem: string | undefined, uri: string): Settings => ({
  name: "signer",
  certificate: { certificates: [{ name: "one", pem, secretUri: uri }] },
});

export const guid = (digit: number): string => `5d0e7a31-1c2f-4b86-9e57-${String(digit).repeat(12)}`;

export const trustNames = trusts().map(({ name }) => String(name));

/** A stack with every kind of daemon. */
export const base = ({ adopted, certificates, vaultName }: Facts): Settings => ({
  location: "westeurope",
  resourceGroupName: resourceGroups.daemons,
  tags: { owner: "forecasting" },
  workspaceId,
  machineLearningRoles: "managed",
  vault: {
    retentionDays: 30,
    allowedIpRanges: ["203.0.113.0/24"],
    allowedSubnetIds: [there.subnets[0]],
    privateEndpoint: { subnetId: there.subnets[0], privateDnsZoneId: there.zone("vaultcore.azure.net") },
    diagnostics: { workspaceId: there.logs[0] },
  },
  lake: {
    sku: "Standard_LRS",
    allowedIpRanges: ["203.0.113.0/24"],
    allowedSubnetIds: [there.subnets[0]],
    privateEndpoint: {
      subnetId: there.subnets[0],
      dfsPrivateDnsZoneId: there.zone("dfs.core.windows.net"),
      blobPrivateDnsZoneId: there.zone("blob.core.windows.net"),
    },
    lifecycle: [
      {
        name: "old",
        fileSystem: "forecasts",
        prefix: "raw",
        coolAfterDays: 30,
        coldAfterDays: 60,
        archiveAfterDays: 90,
        deleteAfterDays: 365,
      },
    ],
    softDeleteDays: 7,
    diagnostics: { workspaceId: there.logs[0] },
  },
  dataLakeGen1: { accountId: dataLakeStoreId },
  readers: [{ objectId: identities.consumer.objectId, principalType: "ServicePrincipal", formats: ["credential"] }],
  daemons: [
    {
      name: "loader",
      displayName: "Loader",
      owners: [there.people[0]],
      secret: { rotation: { startsAt: "2026-01-01T00:00:00Z", everyDays: 90, overlapDays: 14 } },
      graph: { permissions: ["User.Read.All"], consent: "grant" },
      lake: { fileSystem: "forecasts", role: "Storage Blob Data Reader" },
      machineLearning: { role: "AzureML Data Scientist" },
      formats: ["credential", "azure-identity-env"],
      readers: [{ objectId: identities.stranger.objectId, formats: ["azure-identity-env"] }],
    },
    {
      name: "mailer",
      secret: { endDate: "2027-01-01T00:00:00Z" },
      lake: { fileSystem: "reports" },
      machineLearning: { job: "train", linkedResources: { lookUp: ["storageAccount"] } },
      dataLakeGen1: { path: "/forecasts", permissions: "r-x", accountRole: "Reader" },
    },
    {
      name: "caller",
      secret: { endDate: "2027-01-01T00:00:00Z" },
      machineLearning: { job: "call", endpoint: "forecast" },
    },
    { name: "runner", federated: trusts() },
    { name: "machine", managedIdentity: { name: "id-machine", federated: trusts() } },
    ...(vaultName === "" ? [] : [signer(certificates[0], secretUri(vaultName, "signer-one"))]),
    { name: "taken", existing: { clientId: adopted }, secret: { endDate: "2027-01-01T00:00:00Z" } },
  ],
});
