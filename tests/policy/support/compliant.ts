import type { Declared } from "./findings";

/** Stands wherever a real program has a secret. No finding may contain it. */
export const secretMarker = "t0p-s3cret-v4lue";

const day = 86_400_000;
const now = Date.now();
/** An absolute date so many days from today, as Pulumi programs write it. */
export const inDays = (days: number): string => new Date(now + days * day).toISOString();
export const unixInDays = (days: number): number => Math.floor((now + days * day) / 1000);

const subscription = "/subscriptions/8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60";
export const group = `${subscription}/resourceGroups/rg-daemons`;
export const wholeSubscription = subscription;
export const role = (id: string): string => `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

const owners = ["11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"];
const userReadBasic = "97235f07-e226-4f63-ace3-39588e11d3a1";

/** One resource of each kind, on which no rule finds anything but what is listed under `alwaysFound`. */
export const compliant = {
  application: {
    type: "azuread:index/application:Application",
    name: "application",
    props: {
      displayName: "Forecast loader",
      owners,
      preventDuplicateNames: true,
      web: { redirectUris: ["https://loader.contoso.example/done", "http://localhost:8400/"] },
      requiredResourceAccesses: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          resourceAccesses: [{ id: userReadBasic, type: "Role" }],
        },
      ],
    },
  },
  servicePrincipal: {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "servicePrincipal",
    props: { owners, appRoleAssignmentRequired: true, clientId: "22222222-0000-4000-8000-000000000001" },
    from: { clientId: ["application"] },
  },
  password: {
    type: "azuread:index/applicationPassword:ApplicationPassword",
    name: "password-generation-0",
    props: {
      applicationId: "/applications/33333333-0000-4000-8000-000000000001",
      endDate: inDays(100),
      value: secretMarker,
    },
    from: { applicationId: ["application"] },
  },
  certificate: {
    type: "azuread:index/applicationCertificate:ApplicationCertificate",
    name: "certificate",
    props: { type: "AsymmetricX509Cert", value: "", endDate: inDays(300), startDate: inDays(-1) },
    from: {},
  },
  federation: {
    type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    name: "federation",
    props: {
      applicationId: "/applications/44444444-0000-4000-8000-000000000001",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/loader:environment:production",
      audiences: ["api://AzureADTokenExchange"],
    },
  },
  grant: {
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "grant",
    props: { appRoleId: userReadBasic, principalObjectId: "5", resourceObjectId: "6" },
    from: { principalObjectId: ["servicePrincipal"], resourceObjectId: ["graph"] },
  },
  graph: {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "graph",
    props: { clientId: "00000003-0000-0000-c000-000000000000", useExisting: true, owners },
  },
  directoryRole: {
    type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    name: "directoryRole",
    props: { roleId: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b", principalObjectId: "5" },
    from: { principalObjectId: ["servicePrincipal"] },
  },
  identity: {
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "identity",
    props: { resourceName: "id-loader", location: "westeurope" },
  },
  identityFederation: {
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    name: "identityFederation",
    props: {
      issuer: "https://westeurope.oic.prod-aks.azure.com/3d5f/8e1b/",
      subject: "system:serviceaccount:forecast:loader",
      audiences: ["api://AzureADTokenExchange"],
    },
  },
  assignment: {
    type: "azure-native:authorization:RoleAssignment",
    name: "assignment",
    props: {
      scope: `${group}/providers/Microsoft.Storage/storageAccounts/stforecast`,
      roleDefinitionId: role("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
      principalId: "5",
      principalType: "ServicePrincipal",
      roleAssignmentName: "77777777-0000-5000-8000-000000000001",
    },
    from: { scope: ["account"], principalId: ["servicePrincipal"] },
  },
  vault: {
    type: "azure-native:keyvault:Vault",
    name: "vault",
    props: {
      vaultName: "kv-forecast",
      name: "kv-forecast",
      location: "West Europe",
      tags: { owner: "team" },
      properties: {
        enablePurgeProtection: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        enableRbacAuthorization: true,
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
      },
    },
    opts: { protect: true },
  },
  accessPolicy: {
    type: "azure-native:keyvault:AccessPolicy",
    name: "accessPolicy",
    props: { vaultName: "kv-old", policy: { permissions: { secrets: ["get"] } } },
  },
  secret: {
    type: "azure-native:keyvault:Secret",
    name: "secret",
    props: {
      vaultName: "kv-forecast",
      secretName: "forecast-loader-credential",
      properties: { contentType: "application/json", value: secretMarker, attributes: { expires: unixInDays(100) } },
    },
    from: { properties: ["password-generation-0"], vaultName: ["vault"] },
  },
  account: {
    type: "azure-native:storage:StorageAccount",
    name: "account",
    props: {
      accountName: "stforecast",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      isHnsEnabled: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      encryption: { requireInfrastructureEncryption: true },
      networkRuleSet: {
        defaultAction: "Deny",
        bypass: "AzureServices",
        ipRules: [{ iPAddressOrRange: "203.0.113.0/24" }],
      },
    },
    opts: { protect: true },
  },
  container: {
    type: "azure-native:storage:BlobContainer",
    name: "container",
    props: { containerName: "forecasts" },
    from: { accountName: ["account"] },
  },
  workspace: {
    type: "azure-native:machinelearningservices:Workspace",
    name: "workspace",
    props: {
      publicNetworkAccess: "Disabled",
      managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" },
      identity: { type: "UserAssigned" },
      primaryUserAssignedIdentity: "id",
      systemDatastoresAuthMode: "Identity",
      encryption: { status: "Enabled" },
    },
  },
  compute: {
    type: "azure-native:machinelearningservices:Compute",
    name: "compute",
    props: {
      identity: { type: "UserAssigned", userAssignedIdentities: ["id"] },
      properties: {
        computeType: "AmlCompute",
        disableLocalAuth: true,
        properties: { remoteLoginPortPublicAccess: "Disabled", scaleSettings: { minNodeCount: 0, maxNodeCount: 2 } },
      },
    },
  },
  roleDefinition: {
    type: "azure-native:authorization:RoleDefinition",
    name: "roleDefinition",
    props: {
      assignableScopes: [subscription],
      permissions: [{ actions: ["Microsoft.Storage/storageAccounts/read"], dataActions: [] }],
    },
  },
  lakeStore: {
    type: "azure-native:datalakestore:Account",
    name: "lakeStore",
    props: { encryptionState: "Enabled", firewallState: "Enabled" },
  },
  flexibleFederation: {
    type: "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
    name: "flexibleFederation",
    props: { issuer: "https://token.actions.githubusercontent.com" },
  },
  principalPassword: {
    type: "azuread:index/servicePrincipalPassword:ServicePrincipalPassword",
    name: "principalPassword",
    props: { value: secretMarker },
  },
  principalCertificate: {
    type: "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate",
    name: "principalCertificate",
    props: { value: secretMarker },
  },
} satisfies Record<string, Declared>;

export type Kind = keyof typeof compliant;

/** What is found on a kind of resource however well it is written, because the kind itself is the finding. */
export const alwaysFound: Partial<Record<Kind, readonly string[]>> = {
  password: ["client-secret-last-resort"],
  roleDefinition: ["custom-role-reviewed"],
  lakeStore: ["lake-store-retired"],
  flexibleFederation: ["federated-not-flexible"],
  principalPassword: ["service-principal-no-credentials"],
  principalCertificate: ["service-principal-no-credentials"],
};
