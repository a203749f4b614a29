import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../checks/argumentError";
import { workspaceId } from "../checks/identifiers";
import { roleDescription } from "../checks/names";
import { oneSpelling } from "../checks/spelling";
import { inAnyCase } from "../access/anyCase";
import { oneOf } from "../checks/oneOf";
import { type Check, write } from "../checks/refusal";
import { customJobs, groupPlace, jobOf, type JobRole, jobRole, roleIdentity } from "./jobs";

/** Inputs of {@link MachineLearningRole}. */
export interface MachineLearningRoleArgs {
  /** Resource ID of a workspace. The role can be assigned in all workspaces of its resource group. */
  readonly workspaceId: string;
  /**
   * The job that the role is for: train, deploy, call or call-with-keys. Give exactly one of job and actions.
   * @example "train"
   */
  readonly job?: string;
  /**
   * Actions of a role of one's own, each of Microsoft.MachineLearningServices.
   * @example ["Microsoft.MachineLearningServices/workspaces/read"]
   */
  readonly actions?: string[];
  /**
   * Actions that the wildcards in actions must not include.
   * @default none
   */
  readonly notActions?: string[];
  /**
   * Description of a custom role.
   * @default the component's name
   */
  readonly description?: string;
  /**
   * Uses the role that another program creates. A role that this program created before is no longer managed: it stays in
   * Azure with its assignments.
   * @default false
   */
  readonly existing?: boolean;
}

/**
 * A custom role in the workspaces of one resource group: the one that a job needs, or your own. Its definition has the
 * same ID in every program, so one program creates it and others assign it.
 *
 * @resource <name>-role | azure-native.authorization.RoleDefinition | always; with `existing` it is read alone
 * @see docs/how-to/machine-learning.md
 *
 * @example
 * ```ts
 * const training = new MachineLearningRole("training", { workspaceId, job: "train" });
 * const access = new MachineLearningAccess("trainer", {
 *   principal: application,
 *   workspaceId,
 *   job: "train",
 *   jobRole: training,
 * });
 * ```
 */
export class MachineLearningRole extends pulumi.ComponentResource {
  /** ID of the role's definition, known before it is created. */
  public readonly roleDefinitionId: pulumi.Output<string>;
  /** The role's name. */
  public readonly roleName: pulumi.Output<string>;

  /** @throws ArgumentError that lists every problem of the arguments. */
  constructor(name: string, args: MachineLearningRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-daemon-access:index:MachineLearningRole", name, {}, opts);
    check(name, args);

    const role = roleOf(name, { ...args, workspaceId: oneSpelling(args.workspaceId) });
    const { scope } = role;
    const made = () =>
      inAnyCase(
        { scope },
        { parent: this },
        (options) =>
          new authorization.RoleDefinition(
            `${name}-role`,
            {
              roleDefinitionId: role.guid,
              scope,
              roleName: role.roleName,
              roleType: "CustomRole",
              description: args.job === undefined ? (args.description ?? name) : jobOf(args.job).description,
              permissions: [
                { actions: role.actions, notActions: role.notActions, dataActions: [], notDataActions: [] },
              ],
              assignableScopes: [scope],
            },
            options,
          ),
      );

    const definition =
      args.existing === true
        ? authorization.RoleDefinition.get(`${name}-role`, role.definitionId, { parent: this })
        : made();

    // Known in a preview, where the definition's own ID is not, and after the definition in every run.
    this.roleDefinitionId = definition.urn.apply(() => role.definitionId);
    this.roleName = definition.urn.apply(() => role.roleName);
    this.registerOutputs({ roleDefinitionId: this.roleDefinitionId });
  }
}

const ACTION = /^Microsoft\.MachineLearningServices\/[\w*/-]+$/i;

const workspaceAction: Check = (action) =>
  ACTION.test(action)
    ? undefined
    : {
        needed: "an action of Microsoft.MachineLearningServices",
        fix: write("Microsoft.MachineLearningServices/workspaces/read"),
      };

function check(name: string, args: MachineLearningRoleArgs): void {
  const { workspaceId: workspace, job, actions, notActions } = args;
  const problems = new Problems("MachineLearningRole", name);
  problems.requirePlain(args);
  problems.check("workspaceId", workspace, workspaceId);
  if ((job === undefined) === (actions === undefined)) {
    problems.refuse("job", job, {
      needed: "exactly one of job and actions",
      fix: job === undefined ? `Write, for example, "train".` : "Remove one of them.",
    });
  }
  problems.checkOptional("job", job, oneOf("a job that has a custom role", customJobs));
  problems.checkOptional("description", args.description, roleDescription);
  problems.checkEach("actions", actions, workspaceAction);
  problems.checkEach("notActions", notActions, workspaceAction);
  problems.throwIfAny();
}

type Role = Pick<JobRole, "guid" | "scope" | "definitionId" | "roleName" | "actions" | "notActions">;

function roleOf(
  name: string,
  { workspaceId: workspace, job, actions = [], notActions = [] }: MachineLearningRoleArgs,
): Role {
  if (job !== undefined) return jobRole(job, workspace);
  return {
    ...roleIdentity(`own ${name}`, workspace),
    roleName: `${name} in ${groupPlace(workspace)}`,
    actions,
    notActions,
  };
}
