import * as azuread from "@pulumi/azuread";
import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as machinelearning from "@pulumi/azure-native/machinelearningservices";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as monitor from "@pulumi/azure-native/monitor";
import * as network from "@pulumi/azure-native/network";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import { subscription, tenant } from "../../../local/azure/landingZone/layout";

const graphAppId = "00000003-0000-0000-c000-000000000000";

export const builtInRole = (guid: string): string =>
  `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

const secretsOfficer = builtInRole("b86a8fe4-44ce-4948-aee5-eccb2c155cd7");
const blobReader = builtInRole("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");

export interface Variation {
  readonly displayName: string;
  readonly passwordEnds: string;
  readonly contentType: string;
  /** PEM. */
  readonly certificate: string;
  /** Resource ID of a subnet for private endpoints. */
  readonly subnetId: string;
  /** Days for which deleted blobs are kept. */
  readonly blobsKeptFor: number;
}

/** A program with a resource of every type that has a stand-in. */
export function everyType(variation: Variation): () => Promise<Record<string, unknown>> {
  return async () => {
    const me = await azuread.getClientConfig();
    const graph = await azuread.getServicePrincipal({ clientId: graphAppId });
    const role = graph.appRoleIds["User.Read.All"] ?? "";
    const owners = [me.objectId];

    const application = new azuread.Application("app", {
      displayName: variation.displayName,
      owners,
      preventDuplicateNames: true,
      requiredResourceAccesses: [{ resourceAppId: graphAppId, resourceAccesses: [{ id: role, type: "Role" }] }],
    });
    const principal = new azuread.ServicePrincipal("principal", { clientId: application.clientId, owners });
    const password = new azuread.ApplicationPassword("password", {
      applicationId: application.id,
      displayName: "generation-0",
      startDate: "2026-03-01T00:00:00Z",
      endDate: variation.passwordEnds,
    });
    new azuread.ApplicationCertificate(
      "certificate",
      {
        applicationId: application.id,
        type: "AsymmetricX509Cert",
        value: variation.certificate,
        startDate: "2026-02-01T00:00:00Z",
        endDate: "2026-12-01T00:00:00Z",
      },
      { dependsOn: password },
    );
    new azuread.ApplicationFederatedIdentityCredential("federated", {
      applicationId: application.id,
      displayName: "pipeline",
      audiences: ["api://AzureADTokenExchange"],
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/loader:ref:refs/heads/main",
    });
    new azuread.AppRoleAssignment("grant", {
      appRoleId: role,
      principalObjectId: principal.objectId,
      resourceObjectId: graph.objectId,
    });

    const group = new resources.ResourceGroup("group", { location: "westeurope", tags: { team: "forecast" } });
    const resourceGroupName = group.name;
    const vault = new keyvault.Vault("vault", {
      resourceGroupName,
      properties: {
        tenantId: tenant.id,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        softDeleteRetentionInDays: 7,
      },
    });
    const officer = new authorization.RoleAssignment("officer", {
      principalId: me.objectId,
      principalType: "ServicePrincipal",
      scope: vault.id,
      roleDefinitionId: secretsOfficer,
    });
    const secret = new keyvault.Secret(
      "secret",
      {
        resourceGroupName,
        vaultName: vault.name,
        properties: { value: password.value, contentType: variation.contentType, attributes: { expires: 1796083200 } },
      },
      { dependsOn: officer },
    );
    const account = new storage.StorageAccount("lake", {
      resourceGroupName,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      isHnsEnabled: true,
      minimumTlsVersion: "TLS1_2",
      networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.0/24" }] },
    });
    const container = new storage.BlobContainer("forecasts", { resourceGroupName, accountName: account.name });
    const logs = new operationalinsights.Workspace("logs", { resourceGroupName, retentionInDays: 30 });
    const audit = new monitor.DiagnosticSetting("audit", {
      resourceUri: vault.id,
      workspaceId: logs.id,
      logs: [{ categoryGroup: "audit", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
    const zone = new privatedns.PrivateZone("zone", {
      resourceGroupName,
      location: "Global",
      privateZoneName: "privatelink.vaultcore.azure.net",
    });
    const endpoint = new network.PrivateEndpoint("endpoint", {
      resourceGroupName,
      subnet: { id: variation.subnetId },
      privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: vault.id, groupIds: ["vault"] }],
      // The zone group takes the names over, which would look like drift.
      customDnsConfigs: [],
    });
    new network.PrivateDnsZoneGroup("default", {
      resourceGroupName,
      privateEndpointName: endpoint.name,
      privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: zone.id }],
    });
    new storage.BlobServiceProperties("default", {
      resourceGroupName,
      accountName: account.name,
      blobServicesName: "default",
      deleteRetentionPolicy: { enabled: true, days: variation.blobsKeptFor },
    });
    new storage.ManagementPolicy("default", {
      resourceGroupName,
      accountName: account.name,
      policy: {
        rules: [
          {
            name: "old",
            type: "Lifecycle",
            definition: {
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 365 } } },
              filters: { blobTypes: ["blockBlob"] },
            },
          },
        ],
      },
    });
    new authorization.ManagementLockByScope(
      "keep",
      { scope: vault.id, level: "CanNotDelete", notes: "Ask the platform team." },
      { dependsOn: [secret, audit] },
    );
    const identity = new managedidentity.UserAssignedIdentity("identity", { resourceGroupName });
    new managedidentity.FederatedIdentityCredential("trust", {
      resourceGroupName,
      resourceName: identity.name,
      audiences: ["api://AzureADTokenExchange"],
      issuer: "https://kubernetes.example/issuer",
      subject: "system:serviceaccount:forecast:loader",
    });
    new authorization.RoleAssignment("reader", {
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      scope: container.id,
      roleDefinitionId: blobReader,
    });
    new authorization.RoleDefinition("jobs", {
      scope: group.id,
      roleName: "Job starter",
      description: "Starts jobs.",
      assignableScopes: [group.id],
      permissions: [{ actions: ["Microsoft.MachineLearningServices/workspaces/jobs/write"] }],
    });
    const workspace = new machinelearning.Workspace("workspace", {
      resourceGroupName,
      keyVault: vault.id,
      storageAccount: account.id,
      identity: { type: "SystemAssigned" },
      sku: { name: "Basic", tier: "Basic" },
    });
    return {
      applicationId: application.id,
      vaultId: vault.id,
      vaultName: vault.name,
      secretUri: secret.properties.secretUri,
      password: password.value,
      accountId: account.id,
      workspaceId: workspace.id,
      group: group.name,
    };
  };
}
