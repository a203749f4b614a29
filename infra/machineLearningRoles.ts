import { MachineLearningRole } from "../components/index";
import { customJobs, groupOf, jobRole } from "../components/ml/jobs";
import type { Configuration } from "./config";
import { DEFAULT_ROLE_MAKING } from "./roleMaking";
import type { AfterStanding } from "./standing";

/** The role of a job in a workspace's resource group, where this stack makes it. */
export type JobRoles = (job: string | undefined, workspaceId: string) => MachineLearningRole | undefined;

/**
 * Declares one custom role for each job and resource group of workspaces, whichever daemons have the job.
 *
 * @param seen IDs of definitions that another stack has made
 */
export function declareJobRoles(
  { platform, daemons, workspaceId: usual = "", machineLearningRoles = DEFAULT_ROLE_MAKING }: Configuration,
  seen: ReadonlySet<string>,
  opts: AfterStanding,
): JobRoles {
  const made = new Map<string, MachineLearningRole>();
  const existing = machineLearningRoles !== DEFAULT_ROLE_MAKING;
  const offered = (platform?.jobRoles ?? []).flatMap(({ workspaceId, jobs }) =>
    jobs.map((job) => ({ job, ...(workspaceId !== undefined && { workspaceId }) })),
  );
  for (const { job, workspaceId = usual } of [
    ...offered,
    ...daemons.map(({ machineLearning = {} }) => machineLearning),
  ]) {
    if (job === undefined || !customJobs.includes(job)) continue;
    if (existing && !seen.has(jobRole(job, workspaceId).definitionId.toLowerCase())) continue;
    const name = roleName(job, workspaceId);
    if (!made.has(name))
      made.set(name, new MachineLearningRole(name, { job, workspaceId, ...(existing && { existing }) }, opts));
  }
  return (job, workspaceId) => (job === undefined ? undefined : made.get(roleName(job, workspaceId)));
}

/** "train-rg-machine-learning-8e1b0a4c": the same whatever the letter case of the workspace's ID. */
function roleName(job: string, workspaceId: string): string {
  const [, , subscription = "", , group = ""] = groupOf(workspaceId).toLowerCase().split("/");
  return `${job}-${group}-${subscription.slice(0, 8)}`;
}
