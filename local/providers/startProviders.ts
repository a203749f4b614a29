import { AzureAdProvider } from "./azuread/provider";
import { AzureNativeProvider } from "./azureNative/provider";
import { openConnection } from "./rest/connection";
import { noRequests, type RequestCounters } from "./rest/counters";
import type { DeployerCredentials } from "./rest/credentials";
import { fromPlain } from "./server/marshalling";
import { serve } from "./server/serve";

export interface ProviderOptions {
  /** The HTTP proxy that leads to local Azure. */
  readonly proxyUrl: string;
  /** PEM file of the authority behind local Azure's certificates. */
  readonly caFile: string;
  /** Who the providers act as, unless the stack's configuration or the environment says otherwise. */
  readonly deployer: DeployerCredentials;
  readonly subscriptionId: string;
}

/** Stand-in providers that the engine can attach to. */
export interface RunningProviders {
  /** For PULUMI_DEBUG_PROVIDERS, for example `azuread:40001,azure-native:40002`. */
  readonly debugProviders: string;
  readonly requests: RequestCounters;
  /**
   * What a create has made whose result never reached the state, because the run was killed in between.
   *
   * @param type for example `azuread:index/application:Application`
   * @param inputs the resource's checked inputs, from the state's pending operation
   * @returns the ID to import it by; undefined where nothing is there, or where it could not be taken over and was removed
   */
  findPending(type: string, inputs: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Starts the stand-ins for azure-native and azuread on free ports of 127.0.0.1. They hold no state of their own. This
 * module brings gRPC and an HTTP client along, so load it only where somebody deploys.
 */
export async function startProviders({
  proxyUrl,
  caFile,
  deployer,
  subscriptionId,
}: ProviderOptions): Promise<RunningProviders> {
  const counters = noRequests();
  const connection = openConnection(proxyUrl, caFile);
  const azureNative = new AzureNativeProvider({ connection, counters, deployer, subscriptionId });
  const azureAd = new AzureAdProvider({ connection, counters, deployer });
  const [native, directory] = await Promise.all([serve(azureNative), serve(azureAd)]);
  return {
    debugProviders: `azuread:${directory.port},azure-native:${native.port}`,
    requests: counters,
    findPending: (type, inputs) =>
      (type.startsWith("azuread:") ? azureAd : azureNative).findPending(type, fromPlain(inputs)),
    async close() {
      native.close();
      directory.close();
      azureNative.close();
      azureAd.close();
      await connection.close();
    },
  };
}
