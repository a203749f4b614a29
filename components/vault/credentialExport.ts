import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { clientId, tenantId } from "../checks/identifiers";
import { daemonName } from "../checks/names";
import { privateKeysOf } from "../identity/privateKeys";
import type { CredentialExportArgs } from "./credentialArgs";
import { declareExport } from "./declareExport";
import { checkExportChoices, checkPrivateKeys } from "./exportChecks";

/**
 * A daemon's credential in a vault, in the shapes that its programs read, and the right to read it for those who need
 * it. Secrets are written through Azure Resource Manager, so the deployer needs no right on the vault's data plane and
 * the vault's firewall can stay closed.
 *
 * @remarks
 * A secret is named `<daemon>-<format>` in the vault. It has the credential's dates as its own, and the tags `managed-by`, `daemon`,
 * `format`, `clientId`, `generation` and `contract`. Deleting one while its vault stays takes a call to the vault, which needs the
 * role Key Vault Secrets Officer and access through its firewall.
 *
 * `client-secret`, `sdk-auth` and `aml-env` need a client secret; `datalake-gen1` a secret or a certificate. The other formats take
 * every kind of credential. A daemon with a secret and a certificate keeps the secret in all of them until it leaves the
 * program; `credential` describes both. Whoever may read the credential may read the certificate's private key too.
 *
 * @resource <name>-<format> | azure-native.keyvault.Secret | one for each format
 * @resource <name>-<format>-reader-<object ID> | azure-native.authorization.RoleAssignment | one for each format and reader: Key Vault Secrets User on the secret
 * @resource <name>-private-key-<secret>-reader-<object ID> | azure-native.authorization.RoleAssignment | with `certificate`, one for each reader: the same on the secret with its private key
 * @see docs/how-to/delivery.md
 *
 * @example
 * ```ts
 * const credential = new CredentialExport("loader", {
 *   daemon: "forecast-loader",
 *   vault,
 *   principal: application,
 *   secret,
 *   formats: ["credential", "msal-parameters"],
 *   readers: [{ objectId: "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84" }],
 * });
 * ```
 */
export class CredentialExport extends pulumi.ComponentResource {
  /** Format to the secret's URI without a version, which always leads to the newest. */
  public readonly secretUris: pulumi.Output<Record<string, string>>;
  /** Format to the secret's name. */
  public readonly secretNames: pulumi.Output<Record<string, string>>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: CredentialExportArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:CredentialExport", name, {}, opts);
    const problems = new Problems("CredentialExport", name);
    problems.requirePlain(args);
    problems.check("daemon", args.daemon, daemonName);
    problems.checkInput("principal.clientId", args.principal.clientId, clientId);
    problems.checkInput("principal.tenantId", args.principal.tenantId, tenantId);
    checkExportChoices(problems, args);
    if (args.certificate) {
      checkPrivateKeys(problems, () => "certificate.secretUri", privateKeysOf(args.certificate), args.vault);
    }
    problems.throwIfAny();

    const principal = {
      ...args.principal,
      clientId: problems.onArrival("principal.clientId", args.principal.clientId, clientId),
      tenantId: problems.onArrival("principal.tenantId", args.principal.tenantId, tenantId),
    };
    const declared = declareExport(name, { ...args, principal }, { parent: this });

    this.secretUris = declared.secretUris;
    this.secretNames = declared.secretNames;
    this.registerOutputs({ secretUris: this.secretUris });
  }
}
