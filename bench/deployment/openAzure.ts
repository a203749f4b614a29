import { landingZoneSecret } from "../../local/azure/landingZone/secret";
import { LocalAzure } from "../../local/azure/localAzure";
import { startProviders } from "../../local/providers/startProviders";
import { asLandingZoneDeployer } from "../../local/providers/asLandingZoneDeployer";

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
    ...asLandingZoneDeployer(azure, landingZoneSecret(azure.cloud.stateKey, "deployer")),
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
