import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { subscriptionId } from "../access/deployer";
import { inAnyCase, within } from "../access/anyCase";
import { groupIn } from "../access/ownSubscription";
import { instant } from "../checks/moments";
import { spelled } from "../checks/spelling";
import { adminConsentUrl } from "../graph/consent";
import type { CredentialExportArgs, ExportedCertificateArgs } from "./credentialArgs";
import {
  contractVersion,
  type CredentialFacts,
  credentialFormats,
  credentialSecretName,
  DEFAULT_FORMAT,
} from "./credentialFormats";
import { declareCertificateReaders, declareReaders } from "./declareReaders";
import { vaultOf } from "./vaultIdentity";

const MANAGED_BY = "azure-daemon-access";

/** The secrets of one daemon in the vault. */
export interface DeclaredExport {
  /** Format to the secret's URI without a version, which always leads to the newest. */
  readonly secretUris: pulumi.Output<Record<string, string>>;
  /** Format to the secret's name. */
  readonly secretNames: pulumi.Output<Record<string, string>>;
}

/** What is exported, under a name in the vault that may be another than the daemon's. */
export interface NamedExportArgs extends CredentialExportArgs {
  /** What the secrets are named after. @default the daemon */
  readonly nameInVault?: string;
}

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Declares one secret a format, and one role assignment a reader and secret. */
export function declareExport(name: string, args: NamedExportArgs, opts: Options): DeclaredExport {
  const formats = args.formats ?? [DEFAULT_FORMAT];
  const facts = credentialFacts(args, subscriptionId(opts.parent));
  const uris: Record<string, pulumi.Output<string>> = {};
  const names: Record<string, string> = {};

  for (const format of formats) {
    const secretName = credentialSecretName(args.nameInVault ?? args.daemon, format);
    const secret = declareSecret(`${name}-${format}`, secretName, format, facts, args, opts);
    const readers = (args.readers ?? []).filter((reader) => reader.formats?.includes(format) ?? true);
    declareReaders({ name: `${name}-${format}`, secretName, secret }, { ...args, readers }, opts);
    uris[format] = pulumi.interpolate`${args.vault.vaultUri}secrets/${secretName}`;
    names[format] = secretName;
  }
  if (args.certificate) declareCertificateReaders(name, args.certificate, args, opts);
  return { secretUris: pulumi.output(uris), secretNames: pulumi.output(names) };
}

function declareSecret(
  name: string,
  secretName: string,
  format: string,
  facts: pulumi.Output<CredentialFacts>,
  args: CredentialExportArgs,
  opts: Options,
): keyvault.Secret {
  const { vault, secret, certificate, principal, daemon } = args;
  const dated = secret ?? certificate;
  const shape = credentialFormats.get(format);
  if (!shape) throw new RangeError(`Not a credential format: ${format}`);
  const owned = vaultOf(vault);
  const told = { component: "Daemon", name: daemon, input: "vault.vaultId" };
  const place = {
    resourceGroupName: groupIn(vault.vaultId, vault.resourceGroupName, told, opts.parent, owned),
    vaultName: vault.vaultName,
  };
  const content = {
    secretName,
    properties: {
      value: pulumi.secret(facts.apply((known) => shape.render(known))),
      contentType: shape.contentType,
      attributes: {
        enabled: true,
        ...(dated && {
          notBefore: pulumi.output(dated.notBefore).apply(unixSeconds),
          expires: pulumi.output(dated.expiresOn).apply(unixSeconds),
        }),
      },
    },
    tags: {
      "managed-by": MANAGED_BY,
      daemon,
      format,
      clientId: spelled(principal.clientId),
      ...(secret && { generation: pulumi.output(secret.generation).apply(String) }),
      contract: String(contractVersion(secret !== undefined)),
    },
  };
  // Deleting the vault deletes its secrets; one by one they would need a right on the vault's data plane. A vault of this
  // program stays in its resource group, and so do they.
  const declare = (options: pulumi.CustomResourceOptions): keyvault.Secret =>
    new keyvault.Secret(name, { ...place, ...content }, options);
  return owned
    ? declare(within(owned.id, ["resourceGroupName", "vaultName"], { ...opts, deletedWith: owned }))
    : inAnyCase(place, opts, declare);
}

function credentialFacts(
  args: CredentialExportArgs,
  deployerSubscription: pulumi.Output<string>,
): pulumi.Output<CredentialFacts> {
  const { daemon, principal, secret, certificate, federated, managedIdentity } = args;
  const { graph, lake, machineLearning, dataLakeGen1 } = args;
  const dated = secret ?? certificate;
  return pulumi.output({
    daemon,
    tenantId: spelled(principal.tenantId),
    clientId: spelled(principal.clientId),
    ...(secret && { clientSecret: secret.value, generation: secret.generation }),
    ...(certificate && { certificate: certificateFacts(certificate) }),
    ...(federated && {
      federated: pulumi
        .output(federated)
        .apply((tokens) => tokens.map(({ issuer, subject, audience }) => ({ issuer, subject, audience }))),
    }),
    ...(managedIdentity && { managedIdentity: { resourceId: managedIdentity.resourceId } }),
    subscriptionId: deployerSubscription,
    ...(dated && { notBefore: dated.notBefore, expiresOn: dated.expiresOn }),
    ...(graph && {
      graph: {
        permissions: graph.permissions,
        consent: graph.consent,
        ...(!managedIdentity && { adminConsentUrl: adminConsentUrl(principal.tenantId, principal.clientId) }),
      },
    }),
    ...(lake && { lake: { url: lake.url, fileSystem: lake.fileSystem, role: lake.role } }),
    ...(machineLearning && {
      machineLearning: {
        workspaceId: spelled(machineLearning.workspaceId),
        role: machineLearning.role,
        ...(machineLearning.job !== undefined && { job: machineLearning.job }),
        ...(machineLearning.endpoint !== undefined && { endpoint: machineLearning.endpoint }),
      },
    }),
    ...(dataLakeGen1 && { dataLakeGen1: { storeName: dataLakeGen1.storeName } }),
  });
}

/** Its fields and no others: an argument may be a whole component. */
const certificateFacts = ({ secretUri, thumbprint, notBefore, expiresOn }: ExportedCertificateArgs) => ({
  secretUri,
  thumbprint,
  notBefore,
  expiresOn,
});

const unixSeconds = (rfc3339: string): number => Math.floor(instant(rfc3339) / 1000);
