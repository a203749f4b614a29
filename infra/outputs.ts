import type * as pulumi from "@pulumi/pulumi";
import type { CredentialVault, DaemonAccess, DataLake } from "../components";
import type { DaemonConfiguration } from "./schema";

/** Version of the outputs' names and meanings; a change that readers would notice raises it. */
const CONTRACT_VERSION = 1;
const MAIN_FORMAT = "credential";

/** What the stack tells: names, IDs, URIs and dates, each an output of its own, and no secret. */
export type StackOutputs = Record<string, unknown>;

/** Outputs that belong to no daemon. */
export function sharedOutputs(
  vault: CredentialVault,
  lake: DataLake | undefined,
  daemons: readonly DaemonConfiguration[],
): StackOutputs {
  return {
    contractVersion: CONTRACT_VERSION,
    vaultUri: vault.vaultUri,
    vaultName: vault.vaultName,
    ...(lake && { lakeUrl: lake.url }),
    daemons: daemons.map((daemon) => daemon.name),
  };
}

/** Outputs of one daemon, each under `<daemon>.<what>`. */
export function daemonOutputs(daemon: DaemonConfiguration, access: DaemonAccess): StackOutputs {
  const { name, graph } = daemon;
  const formats = daemon.formats ?? [MAIN_FORMAT];
  return {
    [`${name}.clientId`]: access.clientId,
    [`${name}.objectId`]: access.objectId,
    [`${name}.tenantId`]: access.tenantId,
    ...Object.fromEntries(formats.map((format) => [uriName(name, format), secretUri(access, format)])),
    [`${name}.expiresOn`]: access.expiresOn,
    [`${name}.generation`]: access.generation,
    ...(access.nextRotation && { [`${name}.nextRotation`]: access.nextRotation }),
    ...(graph && {
      [`${name}.consent`]: graph.consent ?? "grant",
      [`${name}.adminConsentUrl`]: access.adminConsentUrl,
      [`${name}.permissions`]: graph.permissions,
    }),
  };
}

const uriName = (daemon: string, format: string): string =>
  format === MAIN_FORMAT ? `${daemon}.secretUri` : `${daemon}.secretUri.${format}`;

const secretUri = (access: DaemonAccess, format: string): pulumi.Output<string> =>
  access.secretUris.apply((uris) => uris[format] ?? "");
