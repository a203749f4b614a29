import { identities } from "../../../local/azure/landingZone/layout";
import { daemonPlans } from "./daemonPlans";
import type { Expected } from "./expected";
import { sharedPlans } from "./sharedPlans";

const { consumer } = identities;

/** Of the stack's own vault and lake, whose place others take: what they hold goes with them. */
const existing: Readonly<Record<string, Expected>> = {
  "lake.existing.accountId": {
    plan: [
      "delete StorageAccount stdaemons",
      "delete BlobServiceProperties stdaemons-soft-delete",
      "delete ManagementPolicy stdaemons-lifecycle",
      "delete DiagnosticSetting stdaemons-diagnostics",
      ...["blob", "dfs"].flatMap((part) => [
        `delete PrivateEndpoint stdaemons-${part}-endpoint`,
        `delete PrivateDnsZoneGroup stdaemons-${part}-dns`,
      ]),
      ...["forecasts", "reports"].map((name) => `replace BlobContainer stdaemons-${name}`),
      ...["loader", "mailer"].flatMap((name) => [
        `replace RoleAssignment ${name}-lake-role`,
        `update Secret ${name}-credential`,
      ]),
    ],
    found: ["file system forecasts at = stplatform", "file system reports at = stplatform"],
  },
  "lake.existing.createFileSystems": {
    plan: ["forecasts", "reports"].map((name) => `delete BlobContainer stdaemons-${name}`),
  },
  "vault.existing.vaultId": {
    stays: "a vault of the stack's own has another name then, and the certificate's private key is in the one before",
    plan: [
      "delete Vault kv-daemons",
      "delete DiagnosticSetting kv-daemons-diagnostics",
      "delete PrivateEndpoint kv-daemons-vault-endpoint",
      "delete PrivateDnsZoneGroup kv-daemons-vault-dns",
      ...inVault("loader-credential", "loader-msal-parameters"),
    ],
    found: ["secret loader-credential at = kv-platform"],
  },
};

/** The secrets of every daemon, and their readers, after the changes that stay. */
function inVault(...ofLoader: string[]): string[] {
  const daemons = ["called", "machine", "mailer", "runner", "signer", "taken"].map((name) => `${name}-credential`);
  const read = [...daemons, "loader-credential", "signer-private-key-signer-one"];
  return [
    ...[...daemons, ...ofLoader].map((name) => `replace Secret ${name}`),
    ...read.map((name) => `replace RoleAssignment ${name}-reader-${consumer.objectId}`),
  ];
}

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
    formerName: { plan: [] },
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
  ...sharedPlans,
  ...daemonPlans,
  ...trusts("daemons[].federated", "ApplicationFederatedIdentityCredential", "runner", [
    "update Secret runner-credential",
  ]),
  ...trusts("daemons[].managedIdentity.federated", "FederatedIdentityCredential", "machine", []),
  ...existing,
};
