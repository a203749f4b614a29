import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../access/roleAssignment";
import { definitionId, KEY_VAULT_SECRETS_USER } from "../access/roles";
import { Problems } from "../checks/argumentError";
import { objectId, subscriptionOf, vaultId } from "../checks/identifiers";
import { DEFAULT_READER_TYPE, readerType } from "../vault/exportChecks";
import { secretUri } from "./outputChecks";
import { secretId, secretOf } from "./secretId";

/** Inputs of {@link CredentialReader}. */
export interface CredentialReaderArgs {
  /** Resource ID of the vault: `vaultId` of a DaemonAccessReference. */
  readonly vaultId: pulumi.Input<string>;
  /** URI of the one secret, without a version: `secretUri(…)` of a DaemonAccessReference. */
  readonly secretUri: pulumi.Input<string>;
  /** Object ID of who may read it, such as the `principalId` of a managed identity. Never a client ID. */
  readonly objectId: pulumi.Input<string>;
  /**
   * What that is: `ServicePrincipal`, which a managed identity is too, `Group` or `User`.
   * @default "ServicePrincipal"
   */
  readonly principalType?: string;
}

/**
 * Lets one principal read exactly one secret: the role Key Vault Secrets User at the secret, and nothing else of the
 * vault. The deployer needs the right to assign roles there.
 *
 * @resource <name>-reader | azure-native.authorization.RoleAssignment | always: Key Vault Secrets User on the secret
 * @see docs/how-to/consume.md
 *
 * @example
 * ```ts
 * const access = new DaemonAccessReference("access", { stack: "organization/azure-daemon-access/dev" });
 * new CredentialReader("reporting", {
 *   vaultId: access.vaultId,
 *   secretUri: access.secretUri("forecast-loader"),
 *   objectId: "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84",
 * });
 * ```
 */
export class CredentialReader extends pulumi.ComponentResource {
  /** Resource ID of the secret, which is the scope of the role. */
  public readonly scope: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: CredentialReaderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:CredentialReader", name, {}, opts);
    const problems = new Problems("CredentialReader", name);
    problems.requirePlain(args);
    check(problems, args);
    problems.throwIfAny();

    const vault = problems.idOnArrival("vaultId", args.vaultId, vaultId);
    this.scope = vault.apply((id) =>
      problems
        .onArrival("secretUri", args.secretUri, secretOf(id))
        .apply((uri) => `${id}/secrets/${secretId(uri).name}`),
    );
    assignRole(
      `${name}-reader`,
      {
        scope: this.scope,
        roleDefinitionId: vault.apply((id) => definitionId(subscriptionOf(id) ?? "", KEY_VAULT_SECRETS_USER)),
        principalId: problems.idOnArrival("objectId", args.objectId, objectId),
        principalType: args.principalType ?? DEFAULT_READER_TYPE,
      },
      { parent: this },
    );
    this.registerOutputs({ scope: this.scope });
  }
}

function check(problems: Problems, args: CredentialReaderArgs): void {
  problems.checkInput("vaultId", args.vaultId, vaultId);
  const isKnown = typeof args.vaultId === "string" && !vaultId(args.vaultId);
  problems.checkInput("secretUri", args.secretUri, isKnown ? secretOf(args.vaultId) : secretUri);
  problems.checkInput("objectId", args.objectId, objectId);
  problems.checkOptional("principalType", args.principalType, readerType);
}
