import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const { subscriptionId, tenantId } = azurePlace();
const resourceGroupName = config.require("resourceGroupName");

// The deployer may change and delete what it owns.
const owners = [azuread.getClientConfigOutput().objectId];
const application = new azuread.Application("mailer", { displayName: "Report mailer", owners });
const servicePrincipal = new azuread.ServicePrincipal("mailer", { clientId: application.clientId, owners });
const password = new azuread.ApplicationPassword("mailer", {
  applicationId: application.id,
  displayName: "mailer",
  endDate: config.require("secretEnds"),
});

const vault = new keyvault.Vault("kv-mailer", {
  resourceGroupName,
  properties: {
    tenantId,
    sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    accessPolicies: [],
  },
});
const secret = new keyvault.Secret(
  "mailer",
  { resourceGroupName, vaultName: vault.name, secretName: "mailer", properties: { value: password.value } },
  // A secret is deleted at the vault's own endpoint, where the deployer has no role. It goes with the vault.
  { retainOnDelete: true },
);

// Key Vault Secrets User
const role = "4633458b-17de-408a-b874-0445c86b69e6";
new authorization.RoleAssignment("mailer", {
  scope: secret.id,
  principalId: servicePrincipal.objectId,
  principalType: authorization.PrincipalType.ServicePrincipal,
  roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
});

export const clientId = application.clientId;
export const secretUri = secret.properties.apply(({ secretUri }) => secretUri);

function azurePlace(): { subscriptionId: string; tenantId: string } {
  const azure = new pulumi.Config("azure-native");
  return { subscriptionId: azure.require("subscriptionId"), tenantId: azure.require("tenantId") };
}
