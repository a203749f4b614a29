import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { lookUpStack } from "./lookUpStack";
import { stackName } from "./outputChecks";
import type { PlatformReader } from "./platformFacts";
import { readPlatform } from "./readPlatform";

/** Inputs of {@link PlatformReference}. */
export interface PlatformReferenceArgs {
  /**
   * Full name of the platform stack, `<organization>/<project>/<stack>`, such as `organization/azure-daemon-access/platform`. On
   * a self-managed backend the organization is always `organization`.
   */
  readonly stack: string;
}

/**
 * Reads what a platform stack of azure-daemon-access offers to the stacks of teams: vaults, the lake, the custom roles of jobs
 * and the readers of every credential, checked, never a secret.
 *
 * @resource <name>-stack | pulumi.StackReference | always
 * @see docs/how-to/estate.md
 *
 * @example
 * ```ts
 * const platform = new PlatformReference("platform", { stack: "organization/azure-daemon-access/platform" });
 * export const vaultId = platform.vaultIds.apply((ids) => ids["daemons"]);
 * ```
 */
export class PlatformReference extends pulumi.ComponentResource {
  /** Full name of the stack, once it is found. */
  public readonly stack: pulumi.Output<string>;
  /** Version of the platform contract that the stack keeps. */
  public readonly platformVersion: pulumi.Output<number>;
  /** Region in its short form. */
  public readonly location: pulumi.Output<string>;
  /** The platform's resource group. */
  public readonly resourceGroupName: pulumi.Output<string>;
  /** Resource IDs of its vaults by their names in the platform's settings. */
  public readonly vaultIds: pulumi.Output<Record<string, string>>;
  /** Resource ID of the lake's storage account; nothing where the platform has no lake. */
  public readonly lakeAccountId: pulumi.Output<string | undefined>;
  /** Names of the file systems that the platform creates. */
  public readonly fileSystems: pulumi.Output<string[]>;
  /** Job to the resource groups, by ID, in whose workspaces its custom role can be assigned. */
  public readonly jobRoles: pulumi.Output<Record<string, string[]>>;
  /** Who may read every credential. */
  public readonly readers: pulumi.Output<PlatformReader[]>;

  /**
   * @throws ArgumentError that lists every problem of the arguments. The outputs fail with a StackReferenceError where the
   * stack cannot be read, is no platform, or keeps another version of the contract.
   */
  constructor(name: string, args: PlatformReferenceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:PlatformReference", name, {}, opts);
    const problems = new Problems("PlatformReference", name);
    problems.requirePlain(args);
    problems.check("stack", args.stack, stackName);
    problems.throwIfAny();

    this.stack = pulumi.output(lookUpStack(args.stack, this));
    const reference = new pulumi.StackReference(`${name}-stack`, { name: this.stack }, { parent: this });
    const facts = pulumi
      .all([this.stack, pulumi.unsecret(reference.outputs), pulumi.unsecret(reference.secretOutputNames)])
      .apply(([stack, outputs, secretNames]) => readPlatform(stack, { outputs, secretNames }));
    this.platformVersion = facts.platformVersion;
    this.location = facts.location;
    this.resourceGroupName = facts.resourceGroupName;
    this.vaultIds = facts.vaultIds;
    this.lakeAccountId = facts.apply(({ lakeAccountId }) => lakeAccountId);
    this.fileSystems = facts.fileSystems;
    this.jobRoles = facts.jobRoles;
    this.readers = facts.readers;
    this.registerOutputs({ platformVersion: this.platformVersion });
  }
}
