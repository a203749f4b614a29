import { orphanStaysValid } from "./azuread/catalogue";
import { AzureAdProvider } from "./azuread/provider";
import { AzureNativeProvider } from "./azureNative/provider";
import type { SecretWrites } from "./azureNative/secretWrites";
import { openConnection } from "./rest/connection";
import { noRequests, type RequestCounters } from "./rest/counters";
import type { DeployerCredentials } from "./rest/credentials";
import { fromPlain } from "./server/marshalling";
import type { Leftover } from "./server/packageProvider";
import { serve } from "./server/serve";

export interface ProviderOptions {
  /** The HTTP proxy that leads to local Azure. */
  readonly proxyUrl: string;
  /** PEM file of the authority behind local Azure's certificates. */
  readonly caFile: string;
  /** Who the providers act as, unless the stack's configuration or the environment says otherwise. */
  readonly deployer: DeployerCredentials;
  readonly subscriptionId: string;
  /** Writes of vault secrets that earlier runs have begun. @default none are taken over */
  readonly secretWrites?: SecretWrites;
  /** How long a request waits for its answer, milliseconds. @default 60,000 */
  readonly answerTime?: number;
  /**
   * Which part of the real providers' own waits is kept: 1 waits as they do. Waits that a service states are always kept.
   * @default {@link usualWaitScale}
   */
  readonly waitScale?: number;
}

/** A hundredth: retries and polls stay in their order and number, and nobody waits for minutes. */
export const usualWaitScale = 0.01;

/** Stand-in providers that the engine can attach to. */
export interface RunningProviders {
  /** For PULUMI_DEBUG_PROVIDERS, for example `azuread:40001,azure-native:40002`. */
  readonly debugProviders: string;
  readonly requests: RequestCounters;
  /** URNs of the resources whose creation failed without telling whether the service has made them. */
  readonly openCreations: ReadonlySet<string>;
  /**
   * What a create has made whose result never reached the state: the run was killed in between, or the answer was lost.
   *
   * @param type for example `azuread:index/application:Application`
   * @param inputs the resource's checked inputs, from the state's pending operation
   * @param known IDs that the state has: no leftovers
   */
  findPending: (
    type: string,
    inputs: Readonly<Record<string, unknown>>,
    known: ReadonlySet<string>,
  ) => Promise<Leftover>;
  /** Whether what a creation has left signs somebody in until it is removed: a client secret or certificate. */
  orphanStaysValid: (type: string) => boolean;
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
  secretWrites,
  answerTime,
  waitScale = usualWaitScale,
}: ProviderOptions): Promise<RunningProviders> {
  const counters = noRequests();
  const connection = openConnection(proxyUrl, caFile, answerTime);
  const options = { connection, counters, deployer, waitScale };
  const nativeOptions = { ...options, subscriptionId, ...(secretWrites && { secretWrites }) };
  const openCreations = new Set<string>();
  const [native, directory] = await Promise.all([
    serve(() => new AzureNativeProvider(nativeOptions), openCreations),
    serve(() => new AzureAdProvider(options), openCreations),
  ]);
  return {
    debugProviders: `azuread:${directory.port},azure-native:${native.port}`,
    requests: counters,
    openCreations,
    findPending: (type, inputs, known) =>
      (type.startsWith("azuread:") ? directory : native).latest().findPending(type, fromPlain(inputs), known),
    orphanStaysValid,
    async close() {
      native.close();
      directory.close();
      await connection.close();
    },
  };
}
