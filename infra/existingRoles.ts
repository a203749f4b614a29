import * as authorization from "@pulumi/azure-native/authorization";
import { problemLine } from "../components/checks/argumentError";
import type { Refusal } from "../components/checks/refusal";
import { customJobs, jobRole } from "../components/ml/jobs";
import type { Configuration } from "./config";
import { ConfigurationError } from "./configurationError";
import { NAMESPACE } from "./problems";
import { DEFAULT_ROLE_MAKING } from "./roleMaking";

/** A custom role that a daemon's job needs. */
interface NeededRole {
  /** The setting that needs it. */
  readonly path: string;
  readonly job: string;
  readonly workspaceId: string;
}

/**
 * Looks the jobs' roles up where another stack makes them, before anything is registered: a role that is not there can't be
 * assigned.
 *
 * @returns IDs of the definitions that were seen. Whoever may not read one isn't kept from assigning it.
 * @throws ConfigurationError for those that are not there
 */
export async function existingRoles(configuration: Configuration): Promise<ReadonlySet<string>> {
  const { machineLearningRoles = DEFAULT_ROLE_MAKING, platformStack } = configuration;
  // Of a platform's roles its outputs have told.
  if (machineLearningRoles === DEFAULT_ROLE_MAKING || platformStack !== undefined) return new Set();
  const looked = await Promise.all(neededRoles(configuration).map(lookUp));
  const problems = looked.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return new Set(looked.flatMap(({ seen }) => (seen === undefined ? [] : [seen])));
}

function neededRoles({ daemons, workspaceId: usual = "" }: Configuration): NeededRole[] {
  return daemons.flatMap(({ machineLearning: { job, workspaceId = usual } = {} }, index) =>
    job === undefined || !customJobs.includes(job)
      ? []
      : [{ path: `daemons[${index}].machineLearning.job`, job, workspaceId }],
  );
}

async function lookUp({ path, job, workspaceId }: NeededRole): Promise<{ seen?: string; problem?: string }> {
  const { guid, scope, definitionId, roleName } = jobRole(job, workspaceId);
  try {
    const found: Partial<authorization.GetRoleDefinitionResult> = await authorization.getRoleDefinition({
      roleDefinitionId: guid,
      scope,
    });
    // Where the program is only examined, nobody has an ID for it.
    return found.id === undefined ? {} : { seen: definitionId.toLowerCase() };
  } catch (error) {
    const told = String(error);
    if (/AuthorizationFailed|Status=403/.test(told)) return {};
    if (!/RoleDefinitionDoesNotExist|Status=404/.test(told)) throw error;
    return { problem: problemLine(`${NAMESPACE}:${path}`, job, missing(roleName)) };
  }
}

const missing = (roleName: string): Refusal => ({
  needed: `a job whose role exists, as ${NAMESPACE}:machineLearningRoles is "existing"; there is no role "${roleName}"`,
  fix: "Deploy the stack that creates it first, or set machineLearningRoles to managed.",
});
