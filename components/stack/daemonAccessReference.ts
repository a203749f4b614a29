import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { daemonName } from "../checks/names";
import { firstRepeated } from "../checks/oneOf";
import { DEFAULT_FORMAT } from "../vault/credentialFormats";
import { lookUpStack } from "./lookUpStack";
import { stackName } from "./outputChecks";
import { daemonOf, uriOf } from "./findDaemon";
import { readContract } from "./readContract";
import type { ReferencedDaemon } from "./stackFacts";

/** Inputs of {@link DaemonAccessReference}. */
export interface DaemonAccessReferenceArgs {
  /**
   * Full name of the stack, `<organization>/<project>/<stack>`, such as `organization/azure-daemon-access/dev`. On a
   * self-managed backend the organization is always `organization`.
   */
  readonly stack: string;
  /**
   * Names of the daemons that this program needs; one that the stack doesn't have is an error.
   * @default every daemon of the stack
   */
  readonly daemons?: string[];
}

/**
 * Reads and checks the outputs of a stack of azure-daemon-access for other teams: IDs, URIs, names and dates, never a secret.
 *
 * @remarks
 * `daemon(name)` gives one daemon: the IDs of a Principal, `secretUris`, `expiresOn`, `generation`, `permissions`, and where
 * they apply `nextRotation`, `consent` and `adminConsentUrl`. No value is secret.
 *
 * @resource <name>-stack | pulumi.StackReference | always
 * @see docs/how-to/consume.md
 *
 * @example
 * ```ts
 * const access = new DaemonAccessReference("access", {
 *   stack: "organization/azure-daemon-access/dev",
 *   daemons: ["forecast-loader"],
 * });
 * export const credential = access.secretUri("forecast-loader");
 * ```
 */
export class DaemonAccessReference extends pulumi.ComponentResource {
  /** Full name of the stack, once it is found. */
  public readonly stack: pulumi.Output<string>;
  /** Version of the contract that the stack keeps. */
  public readonly contractVersion: pulumi.Output<number>;
  /** Resource ID of the vault that has the daemons' credentials. */
  public readonly vaultId: pulumi.Output<string>;
  /** Name of the vault. */
  public readonly vaultName: pulumi.Output<string>;
  /** `https://<vault>.vault.azure.net/`. */
  public readonly vaultUri: pulumi.Output<string>;
  /** `https://<account>.dfs.core.windows.net/`; nothing where no daemon uses a lake. */
  public readonly lakeUrl: pulumi.Output<string | undefined>;
  /** The daemons, by name. */
  public readonly daemons: pulumi.Output<Record<string, ReferencedDaemon>>;

  /**
   * @throws ArgumentError that lists every problem of the arguments. The outputs fail with a StackReferenceError where the
   * stack cannot be read, keeps another version of the contract, or lacks a daemon.
   */
  constructor(name: string, args: DaemonAccessReferenceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DaemonAccessReference", name, {}, opts);
    check(new Problems("DaemonAccessReference", name), args);

    this.stack = pulumi.output(lookUpStack(args.stack, this));
    const reference = new pulumi.StackReference(`${name}-stack`, { name: this.stack }, { parent: this });
    // All outputs are secret to Pulumi if one is. The contract has none, and the reader refuses those that are.
    const facts = pulumi
      .all([this.stack, pulumi.unsecret(reference.outputs), pulumi.unsecret(reference.secretOutputNames)])
      .apply(([stack, outputs, secretNames]) => readContract(stack, { outputs, secretNames }, args.daemons));

    this.contractVersion = facts.contractVersion;
    this.vaultId = facts.vaultId;
    this.vaultName = facts.vaultName;
    this.vaultUri = facts.vaultUri;
    this.lakeUrl = facts.apply(({ lakeUrl }) => lakeUrl);
    this.daemons = facts.daemons;
    this.registerOutputs({ contractVersion: this.contractVersion, vaultUri: this.vaultUri });
  }

  /**
   * One daemon. The output fails with a StackReferenceError, which has the nearest names, where it wasn't read.
   *
   * @param name of the daemon
   */
  public daemon(name: string): pulumi.Output<ReferencedDaemon> {
    return pulumi.all([this.stack, this.daemons]).apply(([stack, daemons]) => daemonOf(stack, daemons, name));
  }

  /**
   * URI of the secret that carries a daemon's credential, without a version. The output fails with a StackReferenceError
   * where the daemon wasn't read, or isn't delivered in this format.
   *
   * @param daemon its name
   * @param format one of the daemon's formats, such as `client-secret`
   */
  public secretUri(daemon: string, format: string = DEFAULT_FORMAT): pulumi.Output<string> {
    return pulumi.all([this.stack, this.daemons]).apply(([stack, daemons]) => uriOf(stack, daemons, daemon, format));
  }
}

function check(problems: Problems, { stack, daemons }: DaemonAccessReferenceArgs): void {
  problems.requirePlain({ stack, daemons });
  problems.check("stack", stack, stackName);
  problems.checkEach("daemons", daemons, daemonName);
  const repeated = firstRepeated(daemons ?? []);
  if (repeated) {
    problems.refuse(`daemons[${repeated.index}]`, repeated.word, {
      needed: "each daemon once",
      fix: "Remove one of them.",
    });
  }
  problems.throwIfAny();
}
