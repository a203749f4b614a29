import { identities, tenant } from "../../../local/azure/landingZone/layout";
import { type Facts, guid, secretUri, there, trustNames } from "./base";

/** New values by path; undefined takes a setting away. `daemons[loader]` is the daemon of that name. */
export type Patch = Readonly<Record<string, unknown>>;

/** One change of a deployed stack. */
export interface Change {
  readonly set: Patch;
  /** What the change starts from, where that isn't the base: another change of this table. */
  readonly after?: string;
}

const change = (set: Patch, after?: string): Change => ({ set, ...(after !== undefined && { after }) });

/** A change of each setting of the vault, the lake and what the whole stack shares. */
const shared = ({ vaultName, certificates }: Facts): Record<string, Change> => ({
  location: change({ location: "northeurope" }),
  resourceGroupName: change({ resourceGroupName: "rg-machine-learning" }),
  "tags.*": change({ "tags.owner": "planning" }),
  asOf: change({ asOf: "2026-04-05T00:00:00Z" }),
  workspaceId: change({ workspaceId: there.workspaceId }),
  machineLearningRoles: change({ machineLearningRoles: "existing" }),
  "vault.name": change({ "vault.name": "kv-other" }),
  "vault.recover": change({ "vault.recover": true, "vault.name": vaultName }),
  "vault.retentionDays": change({ "vault.retentionDays": 60 }),
  "vault.allowedIpRanges[]": change({ "vault.allowedIpRanges[0]": "198.51.100.0/24" }),
  "vault.allowedSubnetIds[]": change({ "vault.allowedSubnetIds[0]": there.subnets[1] }),
  "vault.privateEndpoint.subnetId": change({ "vault.privateEndpoint.subnetId": there.subnets[1] }),
  "vault.privateEndpoint.privateDnsZoneId": change({
    "vault.privateEndpoint.privateDnsZoneId": there.zone("vaultcore.azure.net", "other"),
  }),
  "vault.diagnostics.workspaceId": change({ "vault.diagnostics.workspaceId": there.logs[1] }),
  "vault.lock": change({ "vault.lock": true }),
  "vault.protect": change({ "vault.protect": true }),
  "lake.accountName": change({ "lake.accountName": "stother" }),
  "lake.sku": change({ "lake.sku": "Standard_GRS" }),
  "lake.sku, across zones": change({
    "lake.sku": "Standard_ZRS",
    "lake.lifecycle[0].archiveAfterDays": undefined,
  }),
  "lake.allowedIpRanges[]": change({ "lake.allowedIpRanges[0]": "198.51.100.0/24" }),
  "lake.allowedSubnetIds[]": change({ "lake.allowedSubnetIds[0]": there.subnets[1] }),
  "lake.privateEndpoint.subnetId": change({ "lake.privateEndpoint.subnetId": there.subnets[1] }),
  "lake.privateEndpoint.dfsPrivateDnsZoneId": change({
    "lake.privateEndpoint.dfsPrivateDnsZoneId": there.zone("dfs.core.windows.net", "other"),
  }),
  "lake.privateEndpoint.blobPrivateDnsZoneId": change({
    "lake.privateEndpoint.blobPrivateDnsZoneId": there.zone("blob.core.windows.net", "other"),
  }),
  "lake.lifecycle[].name": change({ "lake.lifecycle[0].name": "older" }),
  "lake.lifecycle[].fileSystem": change({ "lake.lifecycle[0].fileSystem": "reports" }),
  "lake.lifecycle[].prefix": change({ "lake.lifecycle[0].prefix": "landing" }),
  "lake.lifecycle[].coolAfterDays": change({ "lake.lifecycle[0].coolAfterDays": 20 }),
  "lake.lifecycle[].coldAfterDays": change({ "lake.lifecycle[0].coldAfterDays": 70 }),
  "lake.lifecycle[].archiveAfterDays": change({ "lake.lifecycle[0].archiveAfterDays": 100 }),
  "lake.lifecycle[].deleteAfterDays": change({ "lake.lifecycle[0].deleteAfterDays": 400 }),
  "lake.softDeleteDays": change({ "lake.softDeleteDays": 14 }),
  "lake.versioning": change({ "lake.versioning": true }),
  "lake.diagnostics.workspaceId": change({ "lake.diagnostics.workspaceId": there.logs[1] }),
  "lake.lock": change({ "lake.lock": true }),
  "lake.protect": change({ "lake.protect": true }),
  "lake.infrastructureEncryption": change({ "lake.infrastructureEncryption": true }),
  "dataLakeGen1.accountId": change({
    dataLakeGen1: { allowRetiredService: true, accountName: "dldaemons", allowedIpRanges: ["203.0.113.0/24"] },
  }),
  "dataLakeGen1.allowRetiredService": change({ "dataLakeGen1.allowRetiredService": false }, "dataLakeGen1.accountId"),
  "dataLakeGen1.accountName": change({ "dataLakeGen1.accountName": "dlother" }, "dataLakeGen1.accountId"),
  "dataLakeGen1.allowedIpRanges[]": change(
    { "dataLakeGen1.allowedIpRanges[0]": "198.51.100.0/24" },
    "dataLakeGen1.accountId",
  ),
  "readers[].objectId": change({ "readers[0].objectId": identities.administrator.objectId }),
  "readers[].principalType": change({ "readers[0].principalType": "User", "readers[0].objectId": there.people[0] }),
  "readers[].formats[]": change({ "readers[0].formats[0]": "azure-identity-env" }),
  "daemons[].certificate.certificates[].name": change({
    "daemons[signer].certificate.certificates[0].name": "two",
    "daemons[signer].certificate.certificates[0].secretUri": secretUri(vaultName, "signer-two"),
  }),
  "daemons[].certificate.certificates[].pem": change({
    "daemons[signer].certificate.certificates[0].pem": certificates[1],
  }),
  "daemons[].certificate.certificates[].secretUri": change({
    "daemons[signer].certificate.certificates[0].secretUri": secretUri(vaultName, "signer-two"),
  }),
});

/** What takes the stack's own vault or lake away. Last, because another one is made on the way back. */
const existing: Record<string, Change> = {
  "lake.existing.accountId": change({ lake: { existing: { accountId: there.accountId, createFileSystems: true } } }),
  "lake.existing.createFileSystems": change({ "lake.existing.createFileSystems": false }, "lake.existing.accountId"),
  "vault.existing.vaultId": change({
    vault: { existing: { vaultId: there.vaultId } },
    "daemons[signer].certificate.certificates[0].secretUri": secretUri("kv-platform", "signer-one"),
  }),
};

/** A change of each setting of a daemon. */
const daemons = ({ another }: Facts): Record<string, Change> => ({
  "daemons[].name": change({ "daemons[caller].name": "called" }),
  "daemons[].formerName": change({ "daemons[loader].formerName": "nobody" }),
  "daemons[].nameInVault": change({ "daemons[loader].nameInVault": "mailer" }),
  "daemons[].displayName": change({ "daemons[loader].displayName": "Loading" }),
  "daemons[].notes": change({ "daemons[loader].notes": "Forecasts" }),
  "daemons[].existing.clientId": change({ "daemons[taken].existing.clientId": another }),
  "daemons[].owners[]": change({ "daemons[loader].owners[0]": there.people[1] }),
  "daemons[].deployerIsOwner": change({ "daemons[loader].deployerIsOwner": false }),
  "daemons[].secret.endDate": change({ "daemons[mailer].secret.endDate": "2027-06-01T00:00:00Z" }),
  "daemons[].secret.rotation.startsAt": change({ "daemons[loader].secret.rotation.startsAt": "2026-01-02T00:00:00Z" }),
  "daemons[].secret.rotation.everyDays": change({ "daemons[loader].secret.rotation.everyDays": 100 }),
  "daemons[].secret.rotation.overlapDays": change({ "daemons[loader].secret.rotation.overlapDays": 20 }),
  "daemons[].secret.rotation.stageDays": change({ "daemons[loader].secret.rotation.stageDays": 40 }),
  "daemons[].secret.rotateNow": change({ "daemons[loader].secret.rotateNow": "2026-03-01T08:00:00Z" }),
  "daemons[].graph.permissions[]": change({ "daemons[loader].graph.permissions[0]": "Group.Read.All" }),
  "daemons[].graph.consent": change({ "daemons[loader].graph.consent": "request" }),
  "daemons[].lake.fileSystem": change({ "daemons[mailer].lake.fileSystem": "archive" }),
  "daemons[].lake.role": change({ "daemons[loader].lake.role": "Storage Blob Data Contributor" }),
  "daemons[].lake.allowPrivilegedRole": change({
    "daemons[loader].lake.allowPrivilegedRole": true,
    "daemons[loader].lake.role": "Storage Blob Data Owner",
  }),
  "daemons[].machineLearning.role": change({ "daemons[loader].machineLearning.role": "AzureML Compute Operator" }),
  "daemons[].machineLearning.allowPrivilegedRole": change({
    "daemons[loader].machineLearning.allowPrivilegedRole": true,
    "daemons[loader].machineLearning.role": "Contributor",
  }),
  "daemons[].machineLearning.workspaceId": change({ "daemons[loader].machineLearning.workspaceId": there.workspaceId }),
  "daemons[].machineLearning.job": change({ "daemons[mailer].machineLearning.job": "deploy" }),
  "daemons[].machineLearning.endpoint": change({ "daemons[caller].machineLearning.endpoint": "planning" }),
  "daemons[].machineLearning.linkedResources.storageAccountId": change({
    "daemons[mailer].machineLearning.linkedResources": { storageAccountId: there.accountId },
  }),
  "daemons[].machineLearning.linkedResources.containerRegistryId": change({
    "daemons[mailer].machineLearning.linkedResources.containerRegistryId": there.linked.containerRegistryId,
  }),
  "daemons[].machineLearning.linkedResources.vaultId": change({
    "daemons[mailer].machineLearning.linkedResources.vaultId": there.linked.vaultId,
  }),
  "daemons[].machineLearning.linkedResources.lookUp[]": change({
    "daemons[mailer].machineLearning.linkedResources.lookUp[0]": "vault",
  }),
  "daemons[].machineLearning.linkedResources.job": change({
    "daemons[mailer].machineLearning.linkedResources.job": "read",
  }),
  "daemons[].dataLakeGen1.storeName": change({
    "daemons[caller].dataLakeGen1": { storeName: "otherlake" },
    "daemons[caller].formats": ["credential", "datalake-gen1"],
  }),
  "daemons[].dataLakeGen1.path": change({ "daemons[mailer].dataLakeGen1.path": "/reports" }),
  "daemons[].dataLakeGen1.permissions": change({ "daemons[mailer].dataLakeGen1.permissions": "rwx" }),
  "daemons[].dataLakeGen1.accountRole": change({ "daemons[mailer].dataLakeGen1.accountRole": BLOB_READER }),
  "daemons[].dataLakeGen1.allowPrivilegedRole": change({
    "daemons[mailer].dataLakeGen1.allowPrivilegedRole": true,
    "daemons[mailer].dataLakeGen1.accountRole": "Contributor",
  }),
  "daemons[].formats[]": change({ "daemons[loader].formats[1]": "msal-parameters", "daemons[loader].readers": [] }),
  "daemons[].readers[].objectId": change({ "daemons[loader].readers[0].objectId": identities.deployer.objectId }),
  "daemons[].readers[].principalType": change({
    "daemons[loader].readers[0].objectId": there.people[2],
    "daemons[loader].readers[0].principalType": "User",
  }),
  "daemons[].readers[].formats[]": change({ "daemons[loader].readers[0].formats[0]": "credential" }),
  "daemons[].managedIdentity.name": change({ "daemons[machine].managedIdentity.name": "id-other" }),
});

const BLOB_READER = "/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

/** A change of each setting of a trusted workload, of an application or of a managed identity. */
const trusts = (list: string, daemon: string): Record<string, Change> => {
  const at = (trust: string, setting: string): string => `${daemon}[${trustNames.indexOf(trust)}].${setting}`;
  const of = (setting: string, set: Patch): [string, Change] => [`${list}[].${setting}`, change(set)];
  return Object.fromEntries([
    of("name", { [at("branch", "name")]: "trunk", [at("branch", "gitHub.branch")]: "trunk" }),
    of("formerName", { [at("branch", "formerName")]: "no-trust" }),
    of("description", { [at("branch", "description")]: "Trunk" }),
    of("gitHub.repository", { [at("branch", "gitHub.repository")]: "contoso/reports" }),
    of("gitHub.branch", { [at("branch", "gitHub.branch")]: "trunk" }),
    of("gitHub.tag", { [at("tag", "gitHub.tag")]: "v2" }),
    of("gitHub.environment", { [at("stage", "gitHub.environment")]: "staging" }),
    of("gitHub.pullRequest", {
      [at("pulls", "gitHub.pullRequest")]: undefined,
      [at("pulls", "gitHub.branch")]: "next",
    }),
    of("gitHub.ownerId", { [at("numbered", "gitHub.ownerId")]: 13 }),
    of("gitHub.repositoryId", { [at("numbered", "gitHub.repositoryId")]: 14 }),
    of("gitHub.issuer", { [at("tag", "gitHub.issuer")]: "https://token.actions.githubusercontent.com/contoso" }),
    of("azureDevOps.organizationId", { [at("connection", "azureDevOps.organizationId")]: guid(4) }),
    of("azureDevOps.serviceConnectionId", { [at("connection", "azureDevOps.serviceConnectionId")]: guid(5) }),
    of("azureDevOps.serviceConnection", {
      [at("connection", "azureDevOps.serviceConnectionId")]: undefined,
      [at("connection", "azureDevOps.serviceConnection")]: "contoso/forecasts/azure",
    }),
    of("azureDevOps.tenantId", { [at("connection", "azureDevOps.tenantId")]: guid(6) }),
    of("kubernetes.issuer", { [at("cluster", "kubernetes.issuer")]: "https://aks.example/two" }),
    of("kubernetes.namespace", { [at("cluster", "kubernetes.namespace")]: "nightly" }),
    of("kubernetes.serviceAccount", { [at("cluster", "kubernetes.serviceAccount")]: "reader" }),
    of("managedIdentity.principalId", { [at("identity", "managedIdentity.principalId")]: guid(7) }),
    of("managedIdentity.tenantId", { [at("identity", "managedIdentity.tenantId")]: tenant.id }),
    of("custom.issuer", { [at("custom", "custom.issuer")]: "https://other.example" }),
    of("custom.subject", { [at("custom", "custom.subject")]: "reader" }),
    of("custom.audience", { [at("custom", "custom.audience")]: "api://reader" }),
  ]);
};

/** A change of every setting, by the setting. */
export const changes = (facts: Facts): Readonly<Record<string, Change>> => ({
  ...shared(facts),
  ...daemons(facts),
  ...trusts("daemons[].federated", "daemons[runner].federated"),
  ...trusts("daemons[].managedIdentity.federated", "daemons[machine].managedIdentity.federated"),
  ...existing,
});
