import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { subscriptionId } from "../access/deployer";
import { inAnyCase, within } from "../access/anyCase";
import { groupIn, subscriptionIn } from "../access/ownSubscription";
import { assignRole } from "../access/roleAssignment";
import { definitionId, KEY_VAULT_SECRETS_USER } from "../access/roles";
import { ArgumentError, problemLine } from "../checks/argumentError";
import { instant } from "../checks/moments";
import { oneSpelling, spelled } from "../checks/spelling";
import { adminConsentUrl } from "../graph/consent";
import { privateKeysOf } from "../identity/privateKeys";
import { secretId, secretOf } from "../stack/secretId";
import type { CredentialExportArgs, ExportedCertificateArgs } from "./credentialArgs";
import {
  contractVersion,
  type CredentialFacts,
  credentialFormats,
  credentialSecretName,
  DEFAULT_FORMAT,
} from "./credentialFormats";
import { DEFAULT_READER_TYPE } from "./exportChecks";
import { lockedVaultOf, vaultOf } from "./vaultIdentity";

const MANAGED_BY = "azure-daemon-access";

/** The secrets of one daemon in the vault. */
export interface DeclaredExport {
  /** Format to the secret's URI without a version, which always leads to the newest. */
  readonly secretUris: pulumi.Output<Record<string, string>>;
  /** Format to the secret's name. */
  readonly secretNames: pulumi.Output<Record<string, string>>;
}

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Declares one secret a format, and one role assignment a reader and secret. */
export function declareExport(name: string, args: CredentialExportArgs, opts: Options): DeclaredExport {
  const formats = args.formats ?? [DEFAULT_FORMAT];
  const facts = credentialFacts(args, subscriptionId(opts.parent));
  const uris: Record<string, pulumi.Output<string>> = {};
  const names: Record<string, string> = {};

  for (const format of formats) {
    const secretName = credentialSecretName(args.daemon, format);
    const secret = declareSecret(`${name}-${format}`, secretName, format, facts, args, opts);
    const readers = (args.readers ?? []).filter((reader) => reader.formats?.includes(format) ?? true);
    declareReaders(`${name}-${format}`, secretName, secret, { ...args, readers }, opts);
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

function declareReaders(
  name: string,
  secretName: pulumi.Input<string>,
  secret: keyvault.Secret | undefined,
  args: CredentialExportArgs,
  opts: Options,
): void {
  const { vaultId } = args.vault;
  const locked = lockedVaultOf(args.vault);
  const subscription = subscriptionIn(vaultId, opts.parent, vaultOf(args.vault));
  for (const { objectId: given, principalType } of args.readers ?? []) {
    const objectId = oneSpelling(given);
    assignRole(
      `${name}-reader-${objectId}`,
      {
        scope: pulumi.interpolate`${vaultId}/secrets/${secretName}`,
        roleDefinitionId: subscription.apply((id) => definitionId(id, KEY_VAULT_SECRETS_USER)),
        principalId: objectId,
        principalType: principalType ?? DEFAULT_READER_TYPE,
      },
      pulumi.mergeOptions(opts, {
        // The name that it had before IDs were written in one spelling.
        ...(given !== objectId && { aliases: [{ name: `${name}-reader-${given}` }] }),
        ...(secret && { dependsOn: secret }),
        // Under a lock it cannot go by itself; it goes with the vault.
        ...(locked && { deletedWith: locked }),
      }),
    );
  }
}

/** A credential with a certificate is of no use to whoever may not fetch the private key. */
function declareCertificateReaders(
  name: string,
  certificate: ExportedCertificateArgs,
  args: CredentialExportArgs,
  opts: Options,
): void {
  for (const { name: certificateName, secretUri } of privateKeysOf(certificate)) {
    const secretName = pulumi
      .all([args.vault.vaultId, secretUri])
      .apply(([vaultId, uri]) => secretNameIn(vaultId, uri, name));
    const own = certificateName === undefined ? "certificate" : `certificate-${certificateName}`;
    declareReaders(`${name}-${own}`, secretName, undefined, args, opts);
  }
}

/** A role at a secret that isn't there would be taken, and give nothing. */
function secretNameIn(vaultId: string, uri: string, name: string): string {
  const refusal = secretOf(vaultId)(uri);
  if (refusal) throw new ArgumentError("CredentialExport", name, [problemLine("certificate.secretUri", uri, refusal)]);
  return secretId(uri).name;
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
