import * as pulumi from "@pulumi/pulumi";
import {
  CredentialVault,
  DaemonAccess,
  type DaemonAccessArgs,
  DataLake,
  type VaultIdentity,
} from "../components/index";
import { type Configuration, readConfiguration } from "./config";
import { daemonOutputs, sharedOutputs, type StackOutputs } from "./outputs";
import { NAMESPACE } from "./problems";
import type { DaemonConfiguration } from "./schema";
import { isSecretSetting } from "./secretSettings";

/** Names that Azure's names are made from where the configuration has none. */
const VAULT = "kv-daemons";
const LAKE = "stdaemons";

/**
 * The stack: one vault, one lake if a daemon uses it, and every daemon's access.
 *
 * @returns the stack's outputs: flat, and without a secret
 * @throws ConfigurationError before anything is registered
 */
// eslint-disable-next-line @typescript-eslint/require-await -- Pulumi awaits a program; a rejection is how it fails.
export async function program(): Promise<StackOutputs> {
  const configuration = stackConfiguration(new Date());
  const vault = declareVault(configuration);
  const lake = declareLake(configuration);
  const daemons = configuration.daemons.map((daemon) => ({
    daemon,
    access: new DaemonAccess(daemon.name, accessArgs(daemon, configuration, vault, lake)),
  }));
  return Object.assign(
    sharedOutputs(vault, lake, configuration.daemons),
    ...daemons.map(({ daemon, access }) => daemonOutputs(daemon, access)),
  ) as StackOutputs;
}

/** The one place where the clock is read. */
function stackConfiguration(now: Date): Configuration {
  const prefix = `${NAMESPACE}:`;
  const ours = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  const raw = Object.fromEntries(ours.map(([key, value]) => [key.slice(prefix.length), value]));
  const secrets = Object.keys(raw).filter((key) => isSecretSetting(`${prefix}${key}`));
  return readConfiguration(raw, now, new Set(secrets));
}

function declareVault({ location, resourceGroupName, tags, vault }: Configuration): CredentialVault {
  return new CredentialVault(VAULT, {
    location,
    resourceGroupName,
    ...(tags && { tags }),
    ...(vault?.name !== undefined && { vaultName: vault.name }),
    ...(vault?.retentionDays !== undefined && { retentionDays: vault.retentionDays }),
    ...(vault?.allowedIpRanges && { allowedIpRanges: vault.allowedIpRanges }),
  });
}

function declareLake({ location, resourceGroupName, tags, lake, daemons }: Configuration): DataLake | undefined {
  const fileSystems = [...new Set(daemons.flatMap((daemon) => (daemon.lake ? [daemon.lake.fileSystem] : [])))];
  if (fileSystems.length === 0) return undefined;
  return new DataLake(LAKE, {
    location,
    resourceGroupName,
    fileSystems,
    ...(tags && { tags }),
    ...(lake?.accountName !== undefined && { accountName: lake.accountName }),
    ...(lake?.sku !== undefined && { sku: lake.sku }),
    ...(lake?.allowedIpRanges && { allowedIpRanges: lake.allowedIpRanges }),
  });
}

function accessArgs(
  daemon: DaemonConfiguration,
  { asOf, workspaceId, readers = [] }: Configuration,
  vault: VaultIdentity,
  account: DataLake | undefined,
): DaemonAccessArgs {
  const { lake, machineLearning, readers: ownReaders = [], ...rest } = daemon;
  return {
    ...rest,
    asOf,
    vault,
    readers: [...readers, ...ownReaders],
    ...(lake && account && { lake: { account, ...lake } }),
    ...(machineLearning && { machineLearning: { workspaceId: workspaceId ?? "", ...machineLearning } }),
  };
}
