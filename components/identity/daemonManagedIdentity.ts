import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase } from "../access/anyCase";
import { Problems } from "../checks/argumentError";
import type { Refusal } from "../checks/refusal";
import { autonamedIdentity, IDENTITY_SUFFIX, identityName, location, resourceGroupName } from "../checks/names";

/** Inputs of {@link DaemonManagedIdentity}. */
export interface DaemonManagedIdentityArgs {
  /** An existing resource group. */
  readonly resourceGroupName: pulumi.Input<string>;
  /**
   * Region in its short form, such as `westeurope`.
   * @default the provider's location
   */
  readonly location?: pulumi.Input<string>;
  /**
   * 3 to 128 letters, digits, hyphens and underscores.
   * @default the component's name, "-identity" and eight digits
   */
  readonly identityName?: string;
  /** Tags of the identity. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** Why an argument of applications has no place beside a managed identity. */
export const BESIDE_MANAGED_IDENTITY: Refusal = {
  needed: "nothing beside managedIdentity, which has no application",
  fix: "Remove it, or remove managedIdentity.",
};

/** A user-assigned identity and the IDs it is known by. */
export interface DeclaredManagedIdentity {
  readonly clientId: pulumi.Output<string>;
  readonly objectId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;
  readonly resourceId: pulumi.Output<string>;
  readonly identityName: pulumi.Output<string>;
}

/**
 * The identity of a daemon that runs on Azure: a user-assigned managed identity, which a virtual machine, a container or a
 * compute cluster is given. Azure hands its tokens to whatever runs there, and nobody holds a secret. It can be used
 * as a Principal.
 *
 * @remarks
 * It is accepted wherever a DaemonApplication is. GraphGrant refuses `consent: "request"` for it: there is no application that an
 * administrator could consent to.
 *
 * @resource <name>-identity | azure-native.managedidentity.UserAssignedIdentity | always
 * @see docs/how-to/federation.md
 *
 * @example
 * ```ts
 * const identity = new DaemonManagedIdentity("id-loader", { resourceGroupName: "rg-daemons" });
 * ```
 */
export class DaemonManagedIdentity extends pulumi.ComponentResource {
  /** Application (client) ID: what a program names where its host has several identities. */
  public readonly clientId: pulumi.Output<string>;
  /** Object ID of the service principal, which Azure calls the principal ID. */
  public readonly objectId: pulumi.Output<string>;
  /** Directory (tenant) ID. */
  public readonly tenantId: pulumi.Output<string>;
  /** Resource ID: what a host is given. */
  public readonly resourceId: pulumi.Output<string>;
  /** Name. */
  public readonly identityName: pulumi.Output<string>;
  /** The resource group as given. */
  public readonly resourceGroupName: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: DaemonManagedIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:DaemonManagedIdentity", name, {}, opts);
    const problems = new Problems("DaemonManagedIdentity", name);
    problems.requirePlain(args);
    checkManagedIdentity(problems, "", args);
    if (args.identityName === undefined) problems.check("name", name, autonamedIdentity);
    problems.throwIfAny();

    const identity = declareManagedIdentity(name, args, { parent: this });

    this.clientId = identity.clientId;
    this.objectId = identity.objectId;
    this.tenantId = identity.tenantId;
    this.resourceId = identity.resourceId;
    this.identityName = identity.identityName;
    this.resourceGroupName = pulumi.output(args.resourceGroupName);
    this.registerOutputs({ clientId: this.clientId, objectId: this.objectId, resourceId: this.resourceId });
  }
}

/** Judges names and the region. */
export function checkManagedIdentity(problems: Problems, prefix: string, args: DaemonManagedIdentityArgs): void {
  problems.checkInput(`${prefix}resourceGroupName`, args.resourceGroupName, resourceGroupName);
  problems.checkInput(`${prefix}location`, args.location, location);
  problems.checkOptional(`${prefix}identityName`, args.identityName, identityName);
  problems.checkTags(`${prefix}tags`, args.tags);
}

/** Declares the identity of checked arguments. */
export function declareManagedIdentity(
  name: string,
  args: DaemonManagedIdentityArgs,
  opts: pulumi.CustomResourceOptions,
): DeclaredManagedIdentity {
  const { resourceGroupName } = args;
  const settings = {
    resourceGroupName,
    ...(args.location !== undefined && { location: args.location }),
    ...(args.identityName !== undefined && { resourceName: args.identityName }),
    ...(args.tags !== undefined && { tags: args.tags }),
  };
  const identity = inAnyCase(
    { resourceGroupName },
    opts,
    (options) => new managedidentity.UserAssignedIdentity(`${name}${IDENTITY_SUFFIX}`, settings, options),
  );
  return {
    clientId: identity.clientId,
    objectId: identity.principalId,
    tenantId: identity.tenantId,
    resourceId: identity.id,
    identityName: identity.name,
  };
}
