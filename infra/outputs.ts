import type * as pulumi from "@pulumi/pulumi";
import type { DaemonAccess, DataLake, DataLakeGen1, VaultIdentity } from "../components/index";
import { DEFAULT_CONSENT } from "../components/graph/consent";
import { type DaemonField, daemonOutput, secretUriOutput, STACK_CONTRACT_VERSION } from "../components/stack/contract";
import { DEFAULT_FORMAT } from "../components/vault/credentialFormats";
import type { DaemonConfiguration } from "./schema";

/** What the stack tells: names, IDs, URIs and dates, each an output of its own, and no secret. */
export type StackOutputs = Record<string, unknown>;

/** Outputs that belong to no daemon. */
export function sharedOutputs(
  vault: VaultIdentity,
  lake: DataLake | undefined,
  daemons: readonly DaemonConfiguration[],
): StackOutputs {
  return {
    contractVersion: STACK_CONTRACT_VERSION,
    vaultId: vault.vaultId,
    vaultUri: vault.vaultUri,
    vaultName: vault.vaultName,
    ...(lake && { lakeUrl: lake.url }),
    daemons: daemons.map((daemon) => daemon.name),
  };
}

/** Outputs of the Data Lake Storage Gen1 account: where it is, and the access lists that its owner has to set. */
export const retiredLakeOutputs = (lake: DataLakeGen1 | undefined): StackOutputs =>
  lake ? { dataLakeGen1Url: lake.url, dataLakeGen1AccessLists: lake.accessLists } : {};

/** Outputs of one daemon, each under `<daemon>.<what>`. */
export function daemonOutputs(daemon: DaemonConfiguration, access: DaemonAccess): StackOutputs {
  const { name, graph, managedIdentity, formats = [DEFAULT_FORMAT] } = daemon;
  const of = (field: DaemonField): string => daemonOutput(name, field);
  return {
    [of("clientId")]: access.clientId,
    [of("objectId")]: access.objectId,
    [of("tenantId")]: access.tenantId,
    ...Object.fromEntries(formats.map((format) => [secretUriOutput(name, format), secretUri(access, format)])),
    ...(access.expiresOn && { [of("expiresOn")]: access.expiresOn }),
    ...(access.certificateUri && { [of("certificateUri")]: access.certificateUri }),
    ...(access.generation && { [of("generation")]: access.generation }),
    ...(access.nextRotation && { [of("nextRotation")]: access.nextRotation }),
    ...(access.rotation && { [of("rotation")]: access.rotation }),
    ...(graph && {
      [of("consent")]: graph.consent ?? DEFAULT_CONSENT,
      ...(!managedIdentity && { [of("adminConsentUrl")]: access.adminConsentUrl }),
      [of("permissions")]: graph.permissions,
    }),
  };
}

const secretUri = (access: DaemonAccess, format: string): pulumi.Output<string> =>
  access.secretUris.apply((uris) => uris[format] ?? "");
