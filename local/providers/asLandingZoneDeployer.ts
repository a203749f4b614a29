import { identities, subscription, tenant } from "../azure/landingZone/layout";
import type { ProviderOptions } from "./startProviders";

/**
 * The options of providers that sign in as the landing zone's deployer and deploy into its subscription.
 *
 * @param azure where local Azure is reached
 */
export const asLandingZoneDeployer = (
  azure: Pick<ProviderOptions, "proxyUrl" | "caFile">,
  clientSecret: string,
): Pick<ProviderOptions, "proxyUrl" | "caFile" | "deployer" | "subscriptionId"> => ({
  proxyUrl: azure.proxyUrl,
  caFile: azure.caFile,
  deployer: { tenantId: tenant.id, clientId: identities.deployer.clientId, clientSecret },
  subscriptionId: subscription.id,
});
