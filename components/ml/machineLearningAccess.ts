import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../access/roleAssignment";
import { isWithoutSubscription, machineLearningRoles, roleDefinitionId, roleIn } from "../access/roles";
import { Problems } from "../checks/argumentError";
import { objectId, subscriptionOf, workspaceId } from "../checks/identifiers";
import { endpointName } from "../checks/names";
import type { Tell } from "../checks/refusal";
import { oneSpelling, spelled } from "../checks/spelling";
import type { Principal } from "../principal";
import type { DescribedWorkspaceArgs } from "../vault/credentialArgs";
import { jobOf, jobRole, workspaceJob, workspaceJobs } from "./jobs";
import { checkLinkedResources, declareLinkedRoles, linkedRelations, type LinkedResourcesArgs } from "./linkedResources";

export const DEFAULT_MACHINE_LEARNING_ROLE = "AzureML Data Scientist";

/** A custom role by the ID of its definition. A MachineLearningRole can be used as one. */
export interface JobRoleIdentity {
  /** ID of the role's definition. */
  readonly roleDefinitionId: pulumi.Input<string>;
}

/** What a daemon may do in a workspace. */
export interface WorkspaceRoleArgs {
  /** Resource ID of the Azure Machine Learning workspace. */
  readonly workspaceId: pulumi.Input<string>;
  /**
   * What the daemon does there; it gets only the rights for that: read, train, deploy, call or call-with-keys.
   * Give job or role, not both.
   * @example "train"
   */
  readonly job?: string;
  /**
   * The MachineLearningRole of the job, if this program creates it.
   * @default the role exists, created by another program
   */
  readonly jobRole?: JobRoleIdentity;
  /**
   * Narrows a job that calls to one online endpoint, by its name.
   * @default all endpoints of the workspace
   */
  readonly endpoint?: string;
  /**
   * A built-in role by name, or the ID of a role definition where neither a job nor a built-in role fits.
   * @default "AzureML Data Scientist", without a job
   */
  readonly role?: pulumi.Input<string>;
  /**
   * Allows Owner, Contributor or another role with more rights than the daemon needs.
   * @default false
   */
  readonly allowPrivilegedRole?: boolean;
  /**
   * The workspace's storage account, container registry and vault, if the daemon uses them directly.
   * @default no roles on them
   */
  readonly linkedResources?: LinkedResourcesArgs;
}

/** Inputs of {@link MachineLearningAccess}. */
export interface MachineLearningAccessArgs extends WorkspaceRoleArgs {
  /** The identity that the role is assigned to. */
  readonly principal: Principal;
}

/**
 * A role on an existing Azure Machine Learning workspace.
 *
 * @resource <name>-machine-learning-role | azure-native.authorization.RoleAssignment | always, on the workspace
 * @resource <name>-machine-learning-<kind> | azure-native.authorization.RoleAssignment | one for each of `linkedResources`: `storageAccount`, `containerRegistry`, `vault`
 * @see docs/how-to/machine-learning.md
 *
 * @example
 * ```ts
 * const access = new MachineLearningAccess("loader", { principal: application, workspaceId, job: "read" });
 * ```
 */
export class MachineLearningAccess extends pulumi.ComponentResource {
  /** Resource ID of the workspace. */
  public readonly workspaceId: pulumi.Output<string>;
  /** The role in force: a name, or the ID of a role definition. */
  public readonly role: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: MachineLearningAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:MachineLearningAccess", name, {}, opts);
    const problems = new Problems("MachineLearningAccess", name);
    problems.requirePlain(args);
    checkWorkspaceRole(problems, "", args);
    problems.checkInput("principal.objectId", args.principal.objectId, objectId);
    problems.throwIfAny();

    const principalId = problems.idOnArrival("principal.objectId", args.principal.objectId, objectId);
    declareWorkspaceRole(name, "", args, principalId, problems, { parent: this });

    this.workspaceId = pulumi.output(args.workspaceId).apply(oneSpelling);
    this.role = roleInForce(args);
    this.registerOutputs({ workspaceId: this.workspaceId });
  }
}

/** Judges the workspace's ID, the job or the role, and what goes with them. */
export function checkWorkspaceRole(problems: Problems, prefix: string, args: WorkspaceRoleArgs): void {
  problems.checkInput(`${prefix}workspaceId`, args.workspaceId, workspaceId);
  problems.checkOptional(`${prefix}job`, args.job, workspaceJob);
  problems.checkInput(`${prefix}role`, args.role, roleCheck(args));
  problems.checkOptional(`${prefix}endpoint`, args.endpoint, endpointName);
  if (args.linkedResources) checkLinkedResources(problems, `${prefix}linkedResources.`, args.linkedResources);
  workspaceRoleRelations(args, (input, given, refusal) => {
    problems.refuse(`${prefix}${input}`, given, refusal);
  });
}

/** What is wrong with the job, the role and what goes with them together. */
export function workspaceRoleRelations(args: Omit<WorkspaceRoleArgs, "workspaceId">, tell: Tell): void {
  const { job, role, endpoint, jobRole: made, linkedResources } = args;
  if (job !== undefined && role !== undefined) {
    tell("role", role, { needed: "a job or a role, not both", fix: "Remove one of them." });
  }
  if (endpoint !== undefined && !narrows(job)) {
    const calling = workspaceJobs.filter(narrows).map((each) => `"${each}"`);
    tell("endpoint", endpoint, {
      needed: `a job that calls endpoints beside it: ${calling.join(", ")}`,
      fix: "Write one of these as the job, or remove endpoint.",
    });
  }
  if (made && (job === undefined || (!workspaceJob(job) && jobOf(job).builtIn !== undefined))) {
    const fix = "Remove it, or write the job that it is for.";
    tell("jobRole", made, { needed: "a job that has a custom role beside it", fix });
  }
  if (linkedResources) {
    linkedRelations(linkedResources, job, (input, given, refusal) => {
      tell(`linkedResources.${input}`, given, refusal);
    });
  }
}

/** Declares the role assignments of checked arguments. */
export function declareWorkspaceRole(
  name: string,
  prefix: string,
  args: WorkspaceRoleArgs,
  principalId: pulumi.Input<string>,
  problems: Problems,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): void {
  const workspace = problems.idOnArrival(`${prefix}workspaceId`, args.workspaceId, workspaceId);
  const { endpoint, linkedResources, job } = args;
  assignRole(
    `${name}-machine-learning-role`,
    {
      scope: endpoint === undefined ? workspace : pulumi.interpolate`${workspace}/onlineEndpoints/${endpoint}`,
      roleDefinitionId: definitionInForce(prefix, args, workspace, problems),
      principalId,
      principalType: "ServicePrincipal",
      deleteFirst: isWithoutSubscription(args.role),
    },
    opts,
  );
  if (linkedResources) {
    const at = `${prefix}linkedResources.`;
    declareLinkedRoles(name, at, linkedResources, job, workspace, principalId, problems, opts);
  }
}

/** What a credential tells of the access. */
export function describeWorkspaceAccess(args: WorkspaceRoleArgs): DescribedWorkspaceArgs {
  const { workspaceId: workspace, job, endpoint } = args;
  return {
    workspaceId: spelled(workspace),
    role: roleInForce(args),
    ...(job !== undefined && { job }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

const narrows = (job: string | undefined): boolean =>
  job !== undefined && !workspaceJob(job) && jobOf(job).onEndpoint === true;

const roleCheck = ({ allowPrivilegedRole = false }: WorkspaceRoleArgs) =>
  roleIn(machineLearningRoles, allowPrivilegedRole);

function roleInForce({ workspaceId: workspace, job, role }: WorkspaceRoleArgs): pulumi.Output<string> {
  if (job === undefined) return pulumi.output(role ?? DEFAULT_MACHINE_LEARNING_ROLE);
  return pulumi.output(workspace).apply((id) => jobOf(job).builtIn ?? jobRole(job, oneSpelling(id)).roleName);
}

function definitionInForce(
  prefix: string,
  args: WorkspaceRoleArgs,
  workspace: pulumi.Output<string>,
  problems: Problems,
): pulumi.Output<string> {
  const { job, jobRole: made, role = DEFAULT_MACHINE_LEARNING_ROLE } = args;
  const builtIn = job === undefined ? role : jobOf(job).builtIn;
  if (builtIn !== undefined || job === undefined) {
    const checked = problems.onArrival(`${prefix}role`, builtIn ?? role, roleCheck(args));
    return pulumi
      .all([workspace, checked])
      .apply(([id, known]) => roleDefinitionId(machineLearningRoles, known, subscriptionOf(id) ?? ""));
  }
  const expected = workspace.apply((id) => jobRole(job, id).definitionId);
  return made ? expectedRole(problems, `${prefix}jobRole`, job, expected, made.roleDefinitionId) : expected;
}

/** The role that a job has, which fails, once it is known, where another is given for it. */
export function expectedRole(
  problems: Problems,
  input: string,
  job: string,
  expected: pulumi.Input<string>,
  given: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.all([expected, given]).apply(([wanted, arrived]) => {
    if (wanted.toLowerCase() === arrived.toLowerCase()) return wanted;
    const needed = `the role of the job "${job}" in this workspace's resource group`;
    throw problems.late(input, arrived, { needed, fix: `It is ${wanted}.` });
  });
}
