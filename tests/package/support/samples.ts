import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GROUP_ID, guidOf, TENANT_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { output } from "./wire";

/** Inputs of a component as a program in another language sends them, and what must come of them. */
export interface Sample {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Type and name of each resource that the component declares. */
  readonly declares: readonly string[];
}

const principal = {
  clientId: output(guidOf("client")),
  objectId: output(guidOf("object")),
  tenantId: output(TENANT_ID),
};
const vault = {
  vaultId: output(`${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasts`),
  vaultName: output("kv-forecasts"),
  vaultUri: output("https://kv-forecasts.vault.azure.net/"),
  resourceGroupName: "rg-daemons",
};
const account = {
  accountId: output(`${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/stforecasts`),
  url: output("https://stforecasts.dfs.core.windows.net/"),
};
const rotation = { startsAt: "2030-01-01T00:00:00Z" };
const asOf = "2030-02-01T00:00:00Z";

/** A sample of each component, by its class. */
export const samples: Readonly<Record<string, Sample>> = {
  ClientCertificate: {
    name: "loader",
    inputs: {
      application: { applicationId: output(`/applications/${guidOf("application")}`) },
      certificates: [
        {
          name: "2030-01",
          pem: readFileSync(join(__dirname, "../../fixtures/certificate.pem"), "utf8"),
          secretUri: output("https://kv-daemons.vault.azure.net/secrets/loader-certificate-2030-01"),
        },
      ],
      asOf,
    },
    declares: ["azuread:index/applicationCertificate:ApplicationCertificate loader-certificate-2030-01"],
  },
  ClientSecret: {
    name: "loader",
    inputs: { application: { applicationId: output(`/applications/${guidOf("application")}`) }, rotation, asOf },
    declares: ["azuread:index/applicationPassword:ApplicationPassword loader-generation-0"],
  },
  DaemonManagedIdentity: {
    name: "loader",
    inputs: { resourceGroupName: output("rg-daemons"), location: "westeurope" },
    declares: ["azure-native:managedidentity:UserAssignedIdentity loader-identity"],
  },
  FederatedCredential: {
    name: "loader",
    inputs: {
      application: { applicationId: output(`/applications/${guidOf("application")}`) },
      trusts: [
        { name: "main-branch", gitHub: { repository: "contoso/forecasts", branch: "main" } },
        { name: "runner", managedIdentity: { principalId: output(guidOf("runner")) } },
      ],
    },
    declares: [
      "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential loader-federated-main-branch",
      "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential loader-federated-runner",
    ],
  },
  CredentialExport: {
    name: "loader",
    inputs: {
      daemon: "forecast-loader",
      vault,
      principal,
      secret: {
        value: output("a value", { secret: true }),
        notBefore: output("2030-01-01T00:00:00Z"),
        expiresOn: output("2030-04-15T00:00:00Z"),
        generation: output(0),
      },
      formats: ["credential", "client-secret"],
    },
    declares: ["azure-native:keyvault:Secret loader-client-secret", "azure-native:keyvault:Secret loader-credential"],
  },
  CredentialReader: {
    name: "reporting",
    inputs: {
      vaultId: vault.vaultId,
      secretUri: output("https://kv-forecasts.vault.azure.net/secrets/forecast-loader-credential"),
      objectId: output(guidOf("reader")),
    },
    declares: ["azure-native:authorization:RoleAssignment reporting-reader"],
  },
  CredentialVault: {
    name: "kv-daemons",
    inputs: { resourceGroupName: output("rg-daemons"), retentionDays: 30, tags: { team: output("forecasts") } },
    declares: ["azure-native:keyvault:Vault kv-daemons"],
  },
  DaemonAccess: {
    name: "forecast-loader",
    inputs: {
      secret: { rotation },
      asOf,
      graph: { permissions: ["User.Read.All"] },
      lake: { account, fileSystem: "forecasts" },
      machineLearning: { workspaceId: output(WORKSPACE_ID) },
      vault,
      readers: [{ objectId: guidOf("reader") }],
    },
    declares: [
      `azure-native:authorization:RoleAssignment forecast-loader-credential-reader-${guidOf("reader")}`,
      "azure-native:authorization:RoleAssignment forecast-loader-lake-role",
      "azure-native:authorization:RoleAssignment forecast-loader-machine-learning-role",
      "azure-native:keyvault:Secret forecast-loader-credential",
      "azuread:index/appRoleAssignment:AppRoleAssignment forecast-loader-graph-User.Read.All",
      "azuread:index/application:Application forecast-loader-application",
      "azuread:index/applicationPassword:ApplicationPassword forecast-loader-generation-0",
      "azuread:index/servicePrincipal:ServicePrincipal forecast-loader-service-principal",
    ],
  },
  DaemonAccessReference: {
    name: "access",
    inputs: { stack: "organization/azure-daemon-access/dev" },
    declares: [],
  },
  DaemonApplication: {
    name: "loader",
    inputs: { displayName: "Forecast loader", permissions: ["User.Read.All"], notes: output("of the forecasts team") },
    declares: [
      "azuread:index/application:Application loader-application",
      "azuread:index/servicePrincipal:ServicePrincipal loader-service-principal",
    ],
  },
  DataLake: {
    name: "stdaemons",
    inputs: { resourceGroupName: output("rg-daemons"), fileSystems: ["forecasts"] },
    declares: [
      "azure-native:storage:BlobContainer stdaemons-forecasts",
      "azure-native:storage:StorageAccount stdaemons",
    ],
  },
  DataLakeGen1: {
    name: "old-lake",
    inputs: {
      accountId: output(`${GROUP_ID}/providers/Microsoft.DataLakeStore/accounts/forecastlake`),
      access: [{ daemon: "forecast-loader", principal, path: "/forecasts", accountRole: "Reader" }],
    },
    declares: ["azure-native:authorization:RoleAssignment old-lake-forecast-loader-account-role"],
  },
  GraphGrant: {
    name: "loader",
    inputs: { principal, permissions: ["User.Read.All"] },
    declares: ["azuread:index/appRoleAssignment:AppRoleAssignment loader-graph-User.Read.All"],
  },
  MachineLearningCompute: {
    name: "forecast-cluster",
    inputs: {
      workspaceId: output(WORKSPACE_ID),
      location: "westeurope",
      identityId: output(`${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-loader`),
    },
    declares: ["azure-native:machinelearningservices:Compute forecast-cluster-compute"],
  },
  MachineLearningRole: {
    name: "train",
    inputs: { workspaceId: WORKSPACE_ID, job: "train" },
    declares: ["azure-native:authorization:RoleDefinition train-role"],
  },
  MachineLearningAccess: {
    name: "loader",
    inputs: { principal, workspaceId: output(WORKSPACE_ID) },
    declares: ["azure-native:authorization:RoleAssignment loader-machine-learning-role"],
  },
  PlatformReference: {
    name: "platform",
    inputs: { stack: "organization/azure-daemon-access/platform" },
    declares: [],
  },
};
