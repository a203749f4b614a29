import { identities } from "../../../local/azure/landingZone/layout";
import { people } from "../../../local/azure/landingZone/people";

/** What a change of a setting is expected to do. */
export interface Expected {
  /** What the engine does, as "update Vault kv-daemons"; `replace` is a deletion and a creation, in whichever order. */
  readonly plan?: readonly string[];
  /** On the way back. @default the same, with creations and deletions changed round */
  readonly back?: readonly string[];
  /** Parts of lines that the inventory has anew. None where Azure is told nothing. */
  readonly found?: readonly string[];
  /** Refused at preview: refusedSettings.test.ts says with which words. */
  readonly refused?: true;
  /** The configuration's error. */
  readonly unsupported?: RegExp;
  /** The update's error, where nobody can know before. */
  readonly fails?: RegExp;
  /** Why there is no way back in one update; the stack stays as it has become. */
  readonly stays?: string;
  /** Changes with one word here are made together, and with no others. */
  readonly alone?: string;
}

const [ingrid = { objectId: "" }, tomasz = { objectId: "" }, amina = { objectId: "" }] = people;
const { administrator, consumer, deployer, stranger } = identities;

const one = (step: string, ...found: string[]): Expected => ({ plan: [step], found });
const vault = (...found: string[]): Expected => one("update Vault kv-daemons", ...found);
const account = (...found: string[]): Expected => one("update StorageAccount stdaemons", ...found);
const lifecycle = (...found: string[]): Expected => one("update ManagementPolicy stdaemons-lifecycle", ...found);
const endpoint = (name: string): readonly string[] => [
  `replace PrivateEndpoint ${name}-endpoint`,
  `replace PrivateDnsZoneGroup ${name}-dns`,
];
const readers = (op: string, objectId: string = consumer.objectId): string[] =>
  ["caller", "loader", "machine", "mailer", "runner", "signer", "taken"]
    .map((daemon) => `${daemon}-credential`)
    .concat("signer-certificate-one")
    .map((name) => `${op} RoleAssignment ${name}-reader-${objectId}`);
const loaders = (op: string): string[] =>
  ["credential", "azure-identity-env"].map((each) => `${op} Secret loader-${each}`);
const otherReader = (objectId: string): readonly string[] => [...readers("create", objectId), ...readers("delete")];
const kept: Expected = { refused: true };
const role = (name: string, ...found: string[]): Expected => one(`replace RoleAssignment ${name}`, ...found);

const shared: Readonly<Record<string, Expected>> = {
  location: kept,
  resourceGroupName: kept,
  "tags.*": {
    plan: [
      "update Vault kv-daemons",
      "update StorageAccount stdaemons",
      "update UserAssignedIdentity machine-identity",
      ...["kv-daemons-vault", "stdaemons-blob", "stdaemons-dfs"].map(
        (name) => `update PrivateEndpoint ${name}-endpoint`,
      ),
    ],
    found: ["vault kv-daemons tags.owner = planning", "account stdaemons tags.owner = planning"],
  },
  asOf: {
    alone: "asOf",
    plan: ["create ApplicationPassword loader-generation-1", ...loaders("update")],
    found: ["loader, generation 1", "secret loader-credential tags.generation = 1"],
  },
  workspaceId: {
    plan: [
      ...["caller", "loader", "mailer"].map((name) => `replace RoleAssignment ${name}-machine-learning-role`),
      ...["caller", "loader", "mailer"].map((name) => `update Secret ${name}-credential`),
    ],
    found: ["role of mailer at workspaces/mlw-second"],
  },
  machineLearningRoles: { fails: /RoleDefinitionHasAssignments/ },
  "vault.name": kept,
  "vault.recover": { plan: ["update Vault kv-daemons"] },
  "vault.retentionDays": kept,
  "vault.allowedIpRanges[]": vault("ipRules.0.value = 198.51.100.0/24"),
  "vault.allowedSubnetIds[]": vault("/snet-two"),
  "vault.privateEndpoint.subnetId": { plan: endpoint("kv-daemons-vault"), found: ["endpoint kv-daemons-vault"] },
  "vault.privateEndpoint.privateDnsZoneId": one(
    "update PrivateDnsZoneGroup kv-daemons-vault-dns",
    "rg-machine-learning",
  ),
  "vault.diagnostics.workspaceId": one("update DiagnosticSetting kv-daemons-diagnostics", "/workspaces/log-two"),
  "vault.lock": { ...one("create ManagementLockByScope kv-daemons-lock", "/locks/kv-daemons-lock"), alone: "locks" },
  "lake.accountName": kept,
  "lake.sku": account("account stdaemons sku.name = Standard_GRS"),
  "lake.sku, across zones": kept,
  "lake.allowedIpRanges[]": account("ipRules.0.value = 198.51.100.0/24"),
  "lake.allowedSubnetIds[]": account("/snet-two"),
  "lake.privateEndpoint.subnetId": {
    plan: [...endpoint("stdaemons-dfs"), ...endpoint("stdaemons-blob")],
    found: ["endpoint stdaemons-dfs", "endpoint stdaemons-blob"],
  },
  "lake.privateEndpoint.dfsPrivateDnsZoneId": one(
    "update PrivateDnsZoneGroup stdaemons-dfs-dns",
    "rg-machine-learning",
  ),
  "lake.privateEndpoint.blobPrivateDnsZoneId": one(
    "update PrivateDnsZoneGroup stdaemons-blob-dns",
    "rg-machine-learning",
  ),
  "lake.lifecycle[].name": lifecycle(".older."),
  "lake.lifecycle[].fileSystem": lifecycle("= reports/raw"),
  "lake.lifecycle[].prefix": lifecycle("= forecasts/landing"),
  "lake.lifecycle[].coolAfterDays": lifecycle("= 20"),
  "lake.lifecycle[].coldAfterDays": lifecycle("= 70"),
  "lake.lifecycle[].archiveAfterDays": lifecycle("= 100"),
  "lake.lifecycle[].deleteAfterDays": lifecycle("= 400"),
  "lake.softDeleteDays": one("update BlobServiceProperties stdaemons-soft-delete", "deleteRetentionPolicy.days = 14"),
  "lake.versioning": { unsupported: /Azure keeps no versions/ },
  "lake.diagnostics.workspaceId": one("update DiagnosticSetting stdaemons-diagnostics", "/workspaces/log-two"),
  "lake.lock": { ...one("create ManagementLockByScope stdaemons-lock", "/locks/stdaemons-lock"), alone: "locks" },
  "dataLakeGen1.accountId": {
    plan: ["create Account dldaemons", "replace RoleAssignment dldaemons-mailer-account-role"],
    back: ["delete Account dldaemons", "replace RoleAssignment dldaemons-mailer-account-role"],
    found: ["Gen1 account dldaemons", "role of mailer at accounts/dldaemons"],
  },
  "dataLakeGen1.allowRetiredService": { unsupported: /allowRetiredService/ },
  "dataLakeGen1.accountName": kept,
  "dataLakeGen1.allowedIpRanges[]": one("update Account dldaemons", "198.51.100.0"),
  "readers[].objectId": {
    plan: otherReader(administrator.objectId),
    found: [`role of ${administrator.objectId} at secrets`],
  },
  "readers[].principalType": { plan: otherReader(ingrid.objectId), found: ["(User)"] },
  "readers[].formats[]": {
    plan: [...readers("delete"), `create RoleAssignment loader-azure-identity-env-reader-${consumer.objectId}`],
    found: [`role of ${consumer.objectId} at secrets/loader-azure-identity-env`],
  },
  "daemons[].certificate.certificates[].name": {
    plan: [
      "create ApplicationCertificate signer-certificate-two",
      "delete ApplicationCertificate signer-certificate-one",
      "update Secret signer-credential",
      `create RoleAssignment signer-certificate-two-reader-${consumer.objectId}`,
      `delete RoleAssignment signer-certificate-one-reader-${consumer.objectId}`,
    ],
  },
  "daemons[].certificate.certificates[].pem": {
    plan: ["replace ApplicationCertificate signer-certificate-one", "update Secret signer-credential"],
  },
  "daemons[].certificate.certificates[].secretUri": {
    plan: [
      `replace RoleAssignment signer-certificate-one-reader-${consumer.objectId}`,
      "update Secret signer-credential",
    ],
    found: [`role of ${consumer.objectId} at secrets/signer-two`],
  },
};

const password: Expected = {
  plan: ["replace ApplicationPassword loader-generation-0", ...loaders("update")],
  found: ["application Loader passwordCredentials.0.endDateTime"],
};
const linked = (kind: string, step = "create"): string => `${step} RoleAssignment mailer-machine-learning-${kind}`;
const ownReader = (objectId: string): string => `RoleAssignment loader-azure-identity-env-reader-${objectId}`;

const daemons: Readonly<Record<string, Expected>> = {
  "daemons[].name": {
    stays: "the vault keeps a deleted secret, which has to be recovered first",
    alone: "name",
    plan: [
      ...["Application", "ServicePrincipal", "ApplicationPassword", "Secret"].flatMap((type) => {
        const suffix = { Application: "application", ServicePrincipal: "service-principal", Secret: "credential" };
        const end = Reflect.get(suffix, type) as string | undefined;
        return [`create ${type} called-${end ?? "generation-0"}`, `delete ${type} caller-${end ?? "generation-0"}`];
      }),
      "create RoleAssignment called-machine-learning-role",
      "delete RoleAssignment caller-machine-learning-role",
      `create RoleAssignment called-credential-reader-${consumer.objectId}`,
      `delete RoleAssignment caller-credential-reader-${consumer.objectId}`,
    ],
    found: ["application called displayName = called", "secret called-credential tags.daemon = called"],
  },
  "daemons[].displayName": {
    ...one("update Application loader-application", "application Loading displayName"),
    alone: "displayName",
  },
  "daemons[].notes": {
    ...one("update Application loader-application", "application Loader notes = Forecasts"),
    alone: "notes",
  },
  "daemons[].existing.clientId": {
    plan: ["replace ApplicationPassword taken-generation-0", "update Secret taken-credential"],
    found: ["application another passwordCredentials.0.displayName = taken, generation 0"],
  },
  "daemons[].owners[]": {
    plan: ["update Application loader-application", "update ServicePrincipal loader-service-principal"],
    found: [`application Loader owner.${tomasz.objectId} = yes`],
  },
  "daemons[].deployerIsOwner": {
    plan: ["update Application loader-application", "update ServicePrincipal loader-service-principal"],
  },
  "daemons[].secret.endDate": {
    plan: ["replace ApplicationPassword mailer-generation-0", "update Secret mailer-credential"],
    found: ["application mailer passwordCredentials.0.endDateTime = 2027-06-01T00:00:00Z"],
  },
  "daemons[].secret.rotation.startsAt": password,
  "daemons[].secret.rotation.everyDays": password,
  "daemons[].secret.rotation.overlapDays": password,
  "daemons[].secret.rotateNow": {
    plan: [
      "create ApplicationPassword loader-generation-0-20260301T080000Z",
      "delete ApplicationPassword loader-generation-0",
      ...loaders("update"),
    ],
    found: ["issued anew 2026-03-01T08:00:00Z"],
  },
  "daemons[].graph.permissions[]": {
    plan: [
      "create AppRoleAssignment loader-graph-Group.Read.All",
      "delete AppRoleAssignment loader-graph-User.Read.All",
      "update Application loader-application",
      "update Secret loader-credential",
    ],
    found: ["grant to Loader appRoleId = 5b567255"],
  },
  "daemons[].graph.consent": {
    plan: ["delete AppRoleAssignment loader-graph-User.Read.All", "update Secret loader-credential"],
  },
  "daemons[].lake.fileSystem": {
    plan: [
      "create BlobContainer stdaemons-archive",
      "delete BlobContainer stdaemons-reports",
      "replace RoleAssignment mailer-lake-role",
      "update Secret mailer-credential",
    ],
    found: ["file system archive at = stdaemons", "role of mailer at containers/archive"],
  },
  "daemons[].lake.role": {
    plan: ["replace RoleAssignment loader-lake-role", "update Secret loader-credential"],
    found: ["role of Loader at containers/forecasts = ba92f5b4"],
  },
  "daemons[].lake.allowPrivilegedRole": {
    plan: ["replace RoleAssignment loader-lake-role", "update Secret loader-credential"],
    found: ["role of Loader at containers/forecasts = b7e6dc6d"],
  },
  "daemons[].machineLearning.role": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-forecast = e503ece1"],
  },
  "daemons[].machineLearning.allowPrivilegedRole": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-forecast = b24988ac"],
  },
  "daemons[].machineLearning.workspaceId": {
    plan: ["replace RoleAssignment loader-machine-learning-role", "update Secret loader-credential"],
    found: ["role of Loader at workspaces/mlw-second = f6c7c914"],
  },
  "daemons[].machineLearning.job": {
    plan: [
      "create RoleDefinition deploy-rg-machine-learning-8e1b0a4c-role",
      "delete RoleDefinition train-rg-machine-learning-8e1b0a4c-role",
      "replace RoleAssignment mailer-machine-learning-role",
      "update Secret mailer-credential",
    ],
    found: ["role name = Daemon: deploy in rg-machine-learning"],
  },
  "daemons[].machineLearning.endpoint": {
    plan: ["replace RoleAssignment caller-machine-learning-role", "update Secret caller-credential"],
    found: ["role of caller at onlineEndpoints/planning"],
  },
  "daemons[].machineLearning.linkedResources.storageAccountId": {
    plan: [linked("storageAccount", "replace")],
    found: ["role of mailer at storageAccounts/stplatform"],
  },
  "daemons[].machineLearning.linkedResources.containerRegistryId": one(
    linked("containerRegistry"),
    "role of mailer at registries/crmlwforecast",
  ),
  "daemons[].machineLearning.linkedResources.vaultId": one(linked("vault"), "role of mailer at vaults/kv-mlw-forecast"),
  "daemons[].machineLearning.linkedResources.lookUp[]": {
    plan: [linked("vault"), linked("storageAccount", "delete")],
    found: ["role of mailer at vaults/kv-mlw-forecast"],
  },
  "daemons[].machineLearning.linkedResources.job": {
    ...role("mailer-machine-learning-storageAccount", "role of mailer at storageAccounts/stmlwforecast = 2a2b9908"),
    alone: "job",
  },
  "daemons[].dataLakeGen1.storeName": {
    plan: ["create Secret caller-datalake-gen1", "update Secret caller-credential"],
    found: ["secret caller-datalake-gen1 tags.daemon = caller"],
  },
  "daemons[].dataLakeGen1.path": { plan: [] },
  "daemons[].dataLakeGen1.permissions": { plan: [] },
  "daemons[].dataLakeGen1.accountRole": role(
    "dldaemons-mailer-account-role",
    "role of mailer at accounts/contosodatalake = 2a2b9908",
  ),
  "daemons[].dataLakeGen1.allowPrivilegedRole": role(
    "dldaemons-mailer-account-role",
    "role of mailer at accounts/contosodatalake = b24988ac",
  ),
  "daemons[].formats[]": {
    stays: "the vault keeps a deleted secret, which has to be recovered first",
    alone: "formats",
    plan: [
      "create Secret loader-msal-parameters",
      "delete Secret loader-azure-identity-env",
      `delete ${ownReader(stranger.objectId)}`,
    ],
    found: ["secret loader-msal-parameters tags.format = msal-parameters"],
  },
  "daemons[].readers[].objectId": {
    plan: [`create ${ownReader(deployer.objectId)}`, `delete ${ownReader(stranger.objectId)}`],
    found: [`role of ${deployer.objectId} at secrets/loader-azure-identity-env`],
  },
  "daemons[].readers[].principalType": {
    plan: [`create ${ownReader(amina.objectId)}`, `delete ${ownReader(stranger.objectId)}`],
    found: ["(User)"],
  },
  "daemons[].readers[].formats[]": {
    plan: [
      `create RoleAssignment loader-credential-reader-${stranger.objectId}`,
      `delete ${ownReader(stranger.objectId)}`,
    ],
    found: [`role of ${stranger.objectId} at secrets/loader-credential`],
  },
  "daemons[].managedIdentity.name": {
    plan: [
      "replace UserAssignedIdentity machine-identity",
      ...["branch", "cluster", "connection", "custom", "identity", "numbered", "pulls", "stage", "tag"].map(
        (name) => `replace FederatedIdentityCredential machine-federated-${name}`,
      ),
      "update Secret machine-credential",
    ],
    found: ["identity id-other is = there", "trust id-other/branch"],
  },
};

/** Of the stack's own vault and lake, whose place others take. */
const existing: Readonly<Record<string, Expected>> = {
  "lake.existing.accountId": {},
  "lake.existing.createFileSystems": {},
  "vault.existing.vaultId": {},
};

/** What each trust's settings change; of an application, the credential tells of it. */
function trusts(list: string, type: string, name: string, told: readonly string[]): Record<string, Expected> {
  const update = (trust: string, found: string): Expected => ({
    plan: [`update ${type} ${name}-federated-${trust}`, ...told],
    found: [found],
  });
  const rows: Readonly<Record<string, Expected>> = {
    name: {
      plan: [`create ${type} ${name}-federated-trunk`, `delete ${type} ${name}-federated-branch`, ...told],
      found: ["/trunk name = trunk"],
    },
    description:
      told.length === 0 ? { plan: [] } : { plan: [`update ${type} ${name}-federated-branch`], found: ["Trunk"] },
    "gitHub.repository": update("branch", "= repo:contoso/reports:ref:refs/heads/main"),
    "gitHub.branch": update("branch", "= repo:contoso/forecasts:ref:refs/heads/trunk"),
    "gitHub.tag": update("tag", "= repo:contoso/forecasts:ref:refs/tags/v2"),
    "gitHub.environment": update("stage", ":environment:staging"),
    "gitHub.pullRequest": update("pulls", ":ref:refs/heads/next"),
    "gitHub.ownerId": update("numbered", "contoso@13/numbered@12"),
    "gitHub.repositoryId": update("numbered", "contoso@11/numbered@14"),
    "gitHub.issuer": update("tag", "= https://token.actions.githubusercontent.com/contoso"),
    "azureDevOps.organizationId": update("connection", "-444444444444"),
    "azureDevOps.serviceConnectionId": update("connection", "-555555555555"),
    "azureDevOps.serviceConnection": update("connection", "sc://contoso/forecasts/azure"),
    "azureDevOps.tenantId": update("connection", "-666666666666"),
    "kubernetes.issuer": update("cluster", "= https://aks.example/two"),
    "kubernetes.namespace": update("cluster", "= system:serviceaccount:nightly:loader"),
    "kubernetes.serviceAccount": update("cluster", "= system:serviceaccount:jobs:reader"),
    "managedIdentity.principalId": update("identity", "-777777777777"),
    "managedIdentity.tenantId": { plan: [] },
    "custom.issuer": update("custom", "= https://other.example"),
    "custom.subject": update("custom", "subject = reader"),
    "custom.audience": update("custom", "audiences.0 = api://reader"),
  };
  return Object.fromEntries(Object.entries(rows).map(([setting, row]) => [`${list}[].${setting}`, row]));
}

/** What the change of each setting does, by the setting. */
export const plans: Readonly<Record<string, Expected>> = {
  ...shared,
  ...daemons,
  ...trusts("daemons[].federated", "ApplicationFederatedIdentityCredential", "runner", [
    "update Secret runner-credential",
  ]),
  ...trusts("daemons[].managedIdentity.federated", "FederatedIdentityCredential", "machine", []),
  ...existing,
};
