import { subscription } from "../../local/azure/landingZone/layout";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { LocalAzure } from "../../local/azure/localAzure";
import { startProviders } from "../../local/providers/startProviders";
import { landingZoneDeployer } from "../../local/providers/landingZoneDeployer";

/** A local Azure, and the providers that deploy into it. */
export interface OpenAzure {
  readonly azure: LocalAzure;
  /** For PULUMI_DEBUG_PROVIDERS. */
  readonly debugProviders: string;
  readonly close: () => Promise<void>;
}

/** Opens a local Azure, with providers that sign in as its deployer. */
export async function openAzure(options: Parameters<typeof LocalAzure.open>[0]): Promise<OpenAzure> {
  const azure = await LocalAzure.open(options);
  const providers = await startProviders({
    proxyUrl: azure.proxyUrl,
    caFile: azure.caFile,
    deployer: landingZoneDeployer(landingZoneSecret(azure.cloud.stateKey, "deployer")),
    subscriptionId: subscription.id,
  });
  return {
    azure,
    debugProviders: providers.debugProviders,
    close: async () => {
      await providers.close();
      await azure.close();
    },
  };
}
