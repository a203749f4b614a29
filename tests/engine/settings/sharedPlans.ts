import { identities } from "../../../local/azure/landingZone/layout";
import { people } from "../../../local/azure/landingZone/people";
import { type Expected, one } from "./expected";

const [ingrid = { objectId: "" }] = people;
const { administrator, consumer } = identities;

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
    .concat("signer-private-key-signer-one")
    .map((name) => `${op} RoleAssignment ${name}-reader-${objectId}`);
const loaders = (op: string): string[] =>
  ["credential", "azure-identity-env"].map((each) => `${op} Secret loader-${each}`);
const otherReader = (objectId: string): readonly string[] => [...readers("create", objectId), ...readers("delete")];
const kept: Expected = { refused: true };
/** Of the vault, the lake, and what all daemons share. */
export const sharedPlans: Readonly<Record<string, Expected>> = {
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
  machineLearningRoles: { stays: "the roles are another program's from then on", plan: [] },
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
  "vault.protect": { plan: [] },
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
  "lake.protect": { plan: [] },
  "lake.infrastructureEncryption": kept,
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
      `create RoleAssignment signer-private-key-signer-two-reader-${consumer.objectId}`,
      `delete RoleAssignment signer-private-key-signer-one-reader-${consumer.objectId}`,
    ],
  },
  "daemons[].certificate.certificates[].pem": {
    plan: ["replace ApplicationCertificate signer-certificate-one", "update Secret signer-credential"],
  },
  "daemons[].certificate.certificates[].secretUri": {
    plan: [
      `create RoleAssignment signer-private-key-signer-two-reader-${consumer.objectId}`,
      `delete RoleAssignment signer-private-key-signer-one-reader-${consumer.objectId}`,
      "update Secret signer-credential",
    ],
    found: [`role of ${consumer.objectId} at secrets/signer-two`],
  },
};
