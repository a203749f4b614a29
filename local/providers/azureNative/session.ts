import type { Connection } from "../rest/connection";
import type { MutableCounters } from "../rest/counters";
import { configuredCredentials, type DeployerCredentials } from "../rest/credentials";
import { TokenSource } from "../rest/tokenSource";
import { ArmClient } from "./armClient";
import { signInRule } from "./retryRules";
import type { SecretWrites } from "./secretWrites";
import { VaultClient } from "./vaultClient";

/** What the providers are started with. */
export interface SessionOptions {
  readonly connection: Connection;
  readonly counters: MutableCounters;
  readonly deployer: DeployerCredentials;
  readonly subscriptionId: string;
  /** Which part of the real provider's own waits is kept. */
  readonly waitScale: number;
  /** Writes of vault secrets that earlier runs have begun. @default none are taken over */
  readonly secretWrites?: SecretWrites;
}

/** A configured provider: who it acts as, and on which subscription. */
export interface Session {
  readonly arm: ArmClient;
  readonly vaults: VaultClient;
  readonly tokens: TokenSource;
  readonly credentials: DeployerCredentials;
  readonly subscriptionId: string;
  /** The region of resources that state none. */
  readonly location?: string;
  readonly signal: AbortSignal;
}

export function openSession(
  { connection, counters, deployer, subscriptionId, waitScale }: SessionOptions,
  variables: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Session {
  const credentials = configuredCredentials(variables, process.env, deployer);
  const tokens = new TokenSource(connection, credentials, counters, { rule: signInRule, waitScale });
  const subscription = variables.get("subscriptionId") ?? process.env["ARM_SUBSCRIPTION_ID"] ?? subscriptionId;
  const location = variables.get("location") ?? process.env["ARM_LOCATION"];
  return {
    arm: new ArmClient(connection, tokens, counters, subscription, waitScale),
    vaults: new VaultClient(connection, tokens, counters, waitScale),
    tokens,
    credentials,
    subscriptionId: subscription,
    ...(location === undefined ? {} : { location }),
    signal,
  };
}
