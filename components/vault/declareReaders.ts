import type * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { subscriptionIn } from "../access/ownSubscription";
import { assignRole } from "../access/roleAssignment";
import { definitionId, KEY_VAULT_SECRETS_USER } from "../access/roles";
import { ArgumentError, problemLine } from "../checks/argumentError";
import { oneSpelling } from "../checks/spelling";
import { type PrivateKeyPlace, privateKeysOf } from "../identity/privateKeys";
import { secretUri } from "../stack/outputChecks";
import { secretId, secretOf } from "../stack/secretId";
import type { CredentialExportArgs, ExportedCertificateArgs } from "./credentialArgs";
import { DEFAULT_READER_TYPE } from "./exportChecks";
import { lockedVaultOf, vaultOf } from "./vaultIdentity";

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** A secret that readers get a role on, and what the names of these roles begin with. */
interface ReadSecret {
  readonly name: string;
  /** What they began with in earlier versions. */
  readonly formerNames?: readonly string[];
  readonly secretName: pulumi.Input<string>;
  /** The secret, if this program creates it. */
  readonly secret?: keyvault.Secret;
}

/** Declares one role assignment a reader. */
export function declareReaders(
  { name, formerNames = [], secretName, secret }: ReadSecret,
  args: CredentialExportArgs,
  opts: Options,
): void {
  const { vaultId } = args.vault;
  const locked = lockedVaultOf(args.vault);
  const subscription = subscriptionIn(vaultId, opts.parent, vaultOf(args.vault));
  for (const { objectId: given, principalType } of args.readers ?? []) {
    const objectId = oneSpelling(given);
    const today = `${name}-reader-${objectId}`;
    // Names that it had: of earlier versions, and before IDs were written in one spelling.
    const former = [name, ...formerNames].flatMap((each) => [`${each}-reader-${objectId}`, `${each}-reader-${given}`]);
    const aliases = [...new Set(former)].filter((each) => each !== today).map((each) => ({ name: each }));
    assignRole(
      today,
      {
        scope: pulumi.interpolate`${vaultId}/secrets/${secretName}`,
        roleDefinitionId: subscription.apply((id) => definitionId(id, KEY_VAULT_SECRETS_USER)),
        principalId: objectId,
        principalType: principalType ?? DEFAULT_READER_TYPE,
      },
      pulumi.mergeOptions(opts, {
        ...(aliases.length > 0 && { aliases }),
        ...(secret && { dependsOn: secret }),
        // Under a lock it cannot go by itself; it goes with the vault.
        ...(locked && { deletedWith: locked }),
      }),
    );
  }
}

/** A credential with a certificate is of no use to whoever may not fetch the private key. */
export function declareCertificateReaders(
  name: string,
  certificate: ExportedCertificateArgs,
  args: CredentialExportArgs,
  opts: Options,
): void {
  for (const { key, formerNames, uri } of readKeys(privateKeysOf(certificate))) {
    const secretName = pulumi
      .all([args.vault.vaultId, uri])
      .apply(([vaultId, known]) => secretNameIn(vaultId, known, name));
    const former = formerNames.map((each) => `${name}-${each}`);
    declareReaders({ name: `${name}-${key}`, formerNames: former, secretName }, args, opts);
  }
}

interface ReadKey {
  readonly key: string;
  readonly formerNames: readonly string[];
  readonly uri: pulumi.Input<string>;
}

/**
 * Private keys, each once, named after the secret that holds them, as Azure knows a role by the secret that it is for. A
 * certificate may get another name, or be followed by one whose key is a new version of the same secret.
 */
function readKeys(places: readonly PrivateKeyPlace[]): readonly ReadKey[] {
  const keys = new Map<string, ReadKey>();
  for (const { name, secretUri: uri } of places) {
    const byCertificate = name === undefined ? "certificate" : `certificate-${name}`;
    // Where the secret is known late, the certificate's name has to do.
    const isKnown = typeof uri === "string" && !secretUri(uri);
    const key = isKnown ? `private-key-${secretId(uri).name.toLowerCase()}` : byCertificate;
    const before = keys.get(key)?.formerNames ?? [];
    keys.set(key, { key, uri, formerNames: isKnown ? [...before, byCertificate] : [] });
  }
  return [...keys.values()];
}

/** A role at a secret that isn't there would be taken, and give nothing. */
function secretNameIn(vaultId: string, uri: string, name: string): string {
  const refusal = secretOf(vaultId)(uri);
  if (refusal) throw new ArgumentError("CredentialExport", name, [problemLine("certificate.secretUri", uri, refusal)]);
  return secretId(uri).name;
}
