import * as machinelearningservices from "@pulumi/azure-native/machinelearningservices";
import * as pulumi from "@pulumi/pulumi";
import { inAnyCase } from "../access/anyCase";
import { ownId } from "../access/ownSubscription";
import { fixedPaths } from "../updates/fixedProperties";
import { Problems } from "../checks/argumentError";
import { subnetId, userAssignedIdentityId, workspaceId } from "../checks/identifiers";
import { computeName, location } from "../checks/names";
import { wholeNumber } from "../checks/numbers";
import { isPending } from "../checks/plainInputs";
import { type Check, write } from "../checks/refusal";

export const DEFAULT_VM_SIZE = "Standard_DS3_v2";
export const DEFAULT_MIN_NODES = 0;
export const DEFAULT_MAX_NODES = 1;
export const DEFAULT_IDLE_SECONDS = 120;
const MOST_NODES = 65_000;
const LONGEST_IDLE = 604_800;

/** Inputs of {@link MachineLearningCompute}. */
export interface MachineLearningComputeArgs {
  /** Resource ID of the workspace that the cluster is for. */
  readonly workspaceId: pulumi.Input<string>;
  /** Region of the cluster, which is the workspace's: its short name. */
  readonly location: pulumi.Input<string>;
  /**
   * Name of the cluster in the workspace.
   * @default the component's name
   */
  readonly computeName?: string;
  /**
   * Resource ID of the user-assigned managed identity that jobs on the cluster run as. Assign roles to this identity.
   * @default none: jobs run as the workspace allows
   */
  readonly identityId?: pulumi.Input<string>;
  /**
   * Size of each node. A change replaces the cluster.
   * @default "Standard_DS3_v2"
   */
  readonly vmSize?: string;
  /**
   * Nodes that keep running, and are billed, while the cluster is idle.
   * @default 0
   */
  readonly minNodes?: number;
  /**
   * Maximum number of nodes.
   * @default 1
   */
  readonly maxNodes?: number;
  /**
   * Seconds after which an idle node is removed.
   * @default 120
   */
  readonly idleSeconds?: number;
  /**
   * Uses low-priority virtual machines, which cost less and can be evicted. A change replaces the cluster.
   * @default false
   */
  readonly lowPriority?: boolean;
  /**
   * Resource ID of the nodes' subnet. A change replaces the cluster.
   * @default none
   */
  readonly subnetId?: pulumi.Input<string>;
  /**
   * Gives nodes public IP addresses. Without them, nodes need a subnet or a workspace with a managed network. A change
   * replaces the cluster.
   * @default true without a subnet, false with one
   */
  readonly publicIp?: boolean;
  /**
   * Tags of the cluster.
   * @default none
   */
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A cluster of an Azure Machine Learning workspace whose jobs run as a managed identity. It has no nodes when idle,
 * and nobody can sign in to its nodes: no account, no open SSH port.
 *
 * @remarks
 * Roles go to the identity of the cluster. A job works as it with `identity: managed`.
 *
 * @resource <name>-compute | azure-native.machinelearningservices.Compute | always
 * @see docs/how-to/machine-learning.md
 *
 * @example
 * ```ts
 * const cluster = new MachineLearningCompute("cpu-cluster", {
 *   workspaceId,
 *   location: "westeurope",
 *   identityId: "/subscriptions/…/userAssignedIdentities/id-trainer",
 * });
 * ```
 */
export class MachineLearningCompute extends pulumi.ComponentResource {
  /** Resource ID of the cluster, which a job names as its computeId. */
  public readonly computeId: pulumi.Output<string>;
  /** Name of the cluster. */
  public readonly computeName: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: MachineLearningComputeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:MachineLearningCompute", name, {}, opts);
    const problems = new Problems("MachineLearningCompute", name);
    problems.requirePlain(args);
    check(problems, name, args);
    problems.throwIfAny();

    const workspace = ownId(
      problems.idOnArrival("workspaceId", args.workspaceId, workspaceId),
      { component: "MachineLearningCompute", name, input: "workspaceId" },
      this,
    );
    const part = (at: number) => workspace.apply((id) => id.split("/")[at] ?? "");
    const place = { resourceGroupName: part(4), workspaceName: part(8) };
    const { subnetId: subnet } = args;
    const cluster = inAnyCase(
      { ...place, ...(subnet !== undefined && { "properties.properties.subnet.id": subnet }) },
      {
        parent: this,
        replaceOnChanges: fixedPaths("azure-native:machinelearningservices:Compute", "replace"),
        deleteBeforeReplace: true,
      },
      (options) =>
        new machinelearningservices.Compute(
          `${name}-compute`,
          {
            ...place,
            computeName: args.computeName ?? name,
            location: args.location,
            identity: identity(args, problems),
            properties: properties(args, problems),
            ...(args.tags && { tags: args.tags }),
          },
          options,
        ),
    );

    this.computeId = cluster.id;
    this.computeName = cluster.name;
    this.registerOutputs({ computeId: this.computeId });
  }
}

function check(problems: Problems, name: string, args: MachineLearningComputeArgs): void {
  const { minNodes = DEFAULT_MIN_NODES, maxNodes = DEFAULT_MAX_NODES } = args;
  problems.checkInput("workspaceId", args.workspaceId, workspaceId);
  problems.checkInput("location", args.location, location);
  problems.check(args.computeName === undefined ? "name" : "computeName", args.computeName ?? name, computeName);
  problems.checkInput("identityId", args.identityId, userAssignedIdentityId);
  problems.checkOptional("vmSize", args.vmSize, vmSize);
  problems.checkOptional("minNodes", args.minNodes, wholeNumber(0, MOST_NODES, "nodes"));
  problems.checkOptional("maxNodes", args.maxNodes, wholeNumber(1, MOST_NODES, "nodes"));
  if (minNodes > maxNodes) {
    problems.refuse("minNodes", minNodes, {
      needed: `no more than maxNodes, which is ${maxNodes}`,
      fix: "Change one of them.",
    });
  }
  problems.checkOptional("idleSeconds", args.idleSeconds, wholeNumber(30, LONGEST_IDLE, "seconds"));
  problems.checkInput("subnetId", args.subnetId, subnetId);
  if (!isPending(args.tags)) problems.checkTags("tags", args.tags as Record<string, unknown> | undefined);
}

const vmSize: Check = (value) =>
  /^(?:Standard|Basic)_[A-Z]\w+$/i.test(value)
    ? undefined
    : { needed: "a size of virtual machine by its full name", fix: write(DEFAULT_VM_SIZE) };

function identity({ identityId }: MachineLearningComputeArgs, problems: Problems) {
  if (identityId === undefined) return { type: machinelearningservices.ManagedServiceIdentityType.None };
  return {
    type: machinelearningservices.ManagedServiceIdentityType.UserAssigned,
    userAssignedIdentities: [problems.idOnArrival("identityId", identityId, userAssignedIdentityId)],
  };
}

function properties(args: MachineLearningComputeArgs, problems: Problems) {
  const { minNodes, maxNodes, idleSeconds, subnetId: subnet } = args;
  return {
    computeType: "AmlCompute" as const,
    disableLocalAuth: true,
    properties: {
      osType: machinelearningservices.OsType.Linux,
      vmSize: args.vmSize ?? DEFAULT_VM_SIZE,
      vmPriority:
        args.lowPriority === true
          ? machinelearningservices.VmPriority.LowPriority
          : machinelearningservices.VmPriority.Dedicated,
      enableNodePublicIp: args.publicIp ?? subnet === undefined,
      remoteLoginPortPublicAccess: machinelearningservices.RemoteLoginPortPublicAccess.Disabled,
      scaleSettings: {
        minNodeCount: minNodes ?? DEFAULT_MIN_NODES,
        maxNodeCount: maxNodes ?? DEFAULT_MAX_NODES,
        nodeIdleTimeBeforeScaleDown: `PT${idleSeconds ?? DEFAULT_IDLE_SECONDS}S`,
      },
      ...(subnet !== undefined && { subnet: { id: problems.idOnArrival("subnetId", subnet, subnetId) } }),
    },
  };
}
