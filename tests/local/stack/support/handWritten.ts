import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as azuread from "@pulumi/azuread";
import { resourceGroups, subscription, tenant } from "../../../../local/azure/landingZone/layout";

const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

/**
 * A program without a component of this library, as somebody else may have written it.
 *
 * @param protect keeps the engine from deleting its vault
 */
export async function handWritten(protect: boolean): Promise<Record<string, unknown>> {
  const resourceGroupName = resourceGroups.daemons;
  const place = { resourceGroupName, location: "westeurope" };
  const owners = [(await azuread.getClientConfig()).objectId];
  const application = new azuread.Application("mailer", { displayName: "mailer", owners });
  const servicePrincipal = new azuread.ServicePrincipal("mailer", { clientId: application.clientId, owners });
  const password = new azuread.ApplicationPassword("mailer", {
    applicationId: application.id,
    endDate: "2099-01-01T00:00:00Z",
  });
  const sku = { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard };
  const properties = { tenantId: tenant.id, sku, enableRbacAuthorization: true, accessPolicies: [] };
  const vault = new keyvault.Vault("kv-mailer", { ...place, properties }, { protect });
  const secret = new keyvault.Secret(
    "mailer",
    { resourceGroupName, vaultName: vault.name, secretName: "mailer", properties: { value: password.value } },
    // Deleting one takes a role in the vault.
    { retainOnDelete: true },
  );
  new managedidentity.UserAssignedIdentity("mailer", place);
  new authorization.RoleAssignment("mailer", {
    scope: secret.id,
    principalId: servicePrincipal.objectId,
    principalType: authorization.PrincipalType.ServicePrincipal,
    roleDefinitionId: `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${SECRETS_USER}`,
  });
  return { clientId: application.clientId };
}
