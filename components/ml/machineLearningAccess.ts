import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../access/roleAssignment";
import { machineLearningRoles, roleDefinitionId, roleIn } from "../access/roles";
import { Problems } from "../checks/argumentError";
import { objectId, subscriptionOf, workspaceId } from "../checks/identifiers";
import type { Principal } from "../principal";

export const DEFAULT_MACHINE_LEARNING_ROLE = "AzureML Data Scientist";

/** What a daemon may do in a workspace. */
export interface WorkspaceRoleArgs {
  /** Resource ID of the Azure Machine Learning workspace. */
  readonly workspaceId: pulumi.Input<string>;
  /**
   * A built-in role by name, or the ID of a role definition where no built-in role fits.
   * @default "AzureML Data Scientist"
   */
  readonly role?: string;
  /**
   * Lets role be Owner, Contributor or another role with rights beyond the daemon's work.
   * @default false
   */
  readonly allowPrivilegedRole?: boolean;
}

/** Inputs of {@link MachineLearningAccess}. */
export interface MachineLearningAccessArgs extends WorkspaceRoleArgs {
  /** Whom the role is assigned to. */
  readonly principal: Principal;
}

/**
 * A role on an Azure Machine Learning workspace that exists already.
 *
 * @example
 * ```ts
 * const access = new MachineLearningAccess("loader", { principal: application, workspaceId });
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
    checkWorkspaceRole(problems, "", args);
    problems.checkInput("principal.objectId", args.principal.objectId, objectId);
    problems.throwIfAny();

    const principalId = problems.onArrival("principal.objectId", args.principal.objectId, objectId);
    declareWorkspaceRole(name, "", args, principalId, problems, { parent: this });

    this.workspaceId = pulumi.output(args.workspaceId);
    this.role = pulumi.output(args.role ?? DEFAULT_MACHINE_LEARNING_ROLE);
    this.registerOutputs({ workspaceId: this.workspaceId });
  }
}

/** Judges the workspace's ID and the role. */
export function checkWorkspaceRole(problems: Problems, prefix: string, args: WorkspaceRoleArgs): void {
  problems.checkInput(`${prefix}workspaceId`, args.workspaceId, workspaceId);
  const role = args.role ?? DEFAULT_MACHINE_LEARNING_ROLE;
  problems.check(`${prefix}role`, role, roleIn(machineLearningRoles, args.allowPrivilegedRole ?? false));
}

/** Declares the role assignment of checked arguments. */
export function declareWorkspaceRole(
  name: string,
  prefix: string,
  args: WorkspaceRoleArgs,
  principalId: pulumi.Input<string>,
  problems: Problems,
  opts: pulumi.CustomResourceOptions,
): void {
  const scope = problems.onArrival(`${prefix}workspaceId`, args.workspaceId, workspaceId);
  const role = args.role ?? DEFAULT_MACHINE_LEARNING_ROLE;
  assignRole(
    `${name}-machine-learning-role`,
    {
      scope,
      roleDefinitionId: scope.apply((id) => roleDefinitionId(machineLearningRoles, role, subscriptionOf(id) ?? "")),
      principalId,
      principalType: "ServicePrincipal",
    },
    opts,
  );
}
