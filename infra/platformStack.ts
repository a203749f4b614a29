import { problemLine } from "../components/checks/argumentError";
import { didYouMean } from "../components/checks/nearest";
import type { Refusal } from "../components/checks/refusal";
import type { PlatformFacts } from "../components/index";
import { customJobs, groupOf } from "../components/ml/jobs";
import { readStackOutputs } from "../components/stack/lookUpStack";
import { readPlatform } from "../components/stack/readPlatform";
import type { Configuration, StackSettings } from "./config";
import { ConfigurationError } from "./configurationError";
import { plannedOr } from "./plannedPlatform";
import { NAMESPACE } from "./problems";

/**
 * The settings with what the platform stack decides. A stack without a platform stack is left as it is.
 *
 * @throws ConfigurationError where the platform lacks what the settings name
 * @throws StackReferenceError where it can't be read
 */
export async function onPlatform(settings: StackSettings): Promise<Configuration> {
  const { platformStack, location = "", resourceGroupName = "" } = settings;
  if (platformStack === undefined) return { ...settings, location, resourceGroupName };
  const { stack } = platformStack;
  const platform = readPlatform(stack, plannedOr(stack, await readStackOutputs(stack)));
  const problems = problemsOn(platform, settings);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return joined(settings, platform);
}

function joined(settings: StackSettings, platform: PlatformFacts): Configuration {
  const { platformStack, readers = [], workspaceId = platform.workspaceId } = settings;
  const vaultId = vaultIdOf(platform, platformStack?.vault) ?? "";
  const own = readers.map(({ objectId }) => objectId.toLowerCase());
  const theirs = platform.readers.filter(({ objectId }) => !own.includes(objectId.toLowerCase()));
  return {
    ...settings,
    location: settings.location ?? platform.location,
    resourceGroupName: settings.resourceGroupName ?? platform.resourceGroupName,
    vault: { existing: { vaultId } },
    ...(platform.lakeAccountId !== undefined && { lake: { existing: { accountId: platform.lakeAccountId } } }),
    ...(workspaceId !== undefined && { workspaceId }),
    machineLearningRoles: "existing",
    readers: [...theirs, ...readers],
  };
}

/** The vault of a name, or the platform's first. */
const vaultIdOf = ({ vaultIds }: PlatformFacts, name: string | undefined): string | undefined =>
  name === undefined ? Object.values(vaultIds)[0] : vaultIds[name];

/** What the settings use and the platform doesn't have. */
function problemsOn(platform: PlatformFacts, { platformStack, daemons, workspaceId }: StackSettings): string[] {
  const lines: string[] = [];
  const tell = (path: string, given: unknown, refusal: Refusal): void => {
    lines.push(problemLine(`${NAMESPACE}:${path}`, given, refusal));
  };
  const { vault } = platformStack ?? {};
  if (vaultIdOf(platform, vault) === undefined) {
    const known = Object.keys(platform.vaultIds);
    const fix = didYouMean(
      vault ?? "",
      known,
      `Add it to platform.vaults of the platform stack, which has ${known.join(", ")}.`,
    );
    tell("platformStack.vault", vault, { needed: "a vault of the platform", fix });
  }
  daemons.forEach(({ lake, machineLearning }, index) => {
    if (lake && !platform.fileSystems.includes(lake.fileSystem)) {
      tell(`daemons[${index}].lake.fileSystem`, lake.fileSystem, missingFileSystem(platform, lake.fileSystem));
    }
    if (!machineLearning) return;
    const { job, workspaceId: place = workspaceId ?? platform.workspaceId } = machineLearning;
    if (place === undefined) tell(`daemons[${index}].machineLearning.workspaceId`, undefined, NO_WORKSPACE);
    else if (job !== undefined && !hasRole(platform, job, place)) {
      tell(`daemons[${index}].machineLearning.job`, job, missingRole(place));
    }
  });
  return lines;
}

const NO_WORKSPACE: Refusal = {
  needed: "the resource ID of a workspace: here, as azure-daemon-access:workspaceId, or as that of the platform stack",
  fix: "Write the one that the daemon works in.",
};

function missingFileSystem({ fileSystems }: PlatformFacts, given: string): Refusal {
  const known = fileSystems.length === 0 ? "none" : fileSystems.join(", ");
  const otherwise = `Add it to platform.fileSystems of the platform stack, and deploy that first. It has ${known}.`;
  return { needed: "a file system of the platform's lake", fix: didYouMean(given, fileSystems, otherwise) };
}

const missingRole = (workspaceId: string): Refusal => ({
  needed: "a job whose role the platform stack makes in the workspace's resource group",
  fix: `Add the job to platform.jobRoles of the platform stack, with workspaceId ${workspaceId}, and deploy that first.`,
});

function hasRole({ jobRoles }: PlatformFacts, job: string, workspaceId: string): boolean {
  if (!customJobs.includes(job)) return true;
  const group = groupOf(workspaceId).toLowerCase();
  return (jobRoles[job] ?? []).some((each) => each.toLowerCase() === group);
}
