import type { DataLake } from "../components/index";
import { groupOf } from "../components/ml/jobs";
import { jobRolesOutput, PLATFORM_CONTRACT_VERSION, vaultIdOutput } from "../components/stack/platformContract";
import type { Configuration } from "./config";
import type { StackOutputs } from "./outputs";
import type { StackVaults } from "./vaults";

/** Outputs with which a platform stack serves the stacks of teams; none of any other stack. */
export function platformOutputs(
  { platform, location, resourceGroupName, workspaceId, readers }: Configuration,
  vaults: StackVaults,
  lake: DataLake | undefined,
): StackOutputs {
  if (platform === undefined) return {};
  return {
    platformVersion: PLATFORM_CONTRACT_VERSION,
    location,
    resourceGroupName,
    ...Object.fromEntries([...vaults].map(([name, { vaultId }]) => [vaultIdOutput(name), vaultId])),
    ...(lake && { lakeAccountId: lake.accountId, fileSystems: lake.fileSystems }),
    ...(workspaceId !== undefined && { workspaceId }),
    ...jobRoles(platform, workspaceId),
    ...(readers && { readers }),
  };
}

/** Job to the resource groups of the workspaces that it is for. */
function jobRoles(
  { jobRoles: given = [] }: NonNullable<Configuration["platform"]>,
  usual: string | undefined,
): StackOutputs {
  const groups = new Map<string, Set<string>>();
  for (const { workspaceId = usual ?? "", jobs } of given) {
    for (const job of jobs) groups.set(job, (groups.get(job) ?? new Set()).add(groupOf(workspaceId)));
  }
  return Object.fromEntries([...groups].map(([job, ids]) => [jobRolesOutput(job), [...ids]]));
}
