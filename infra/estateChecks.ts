import { z } from "zod";
import { location, resourceGroupName } from "../components/checks/names";
import type { Refusal, Tell } from "../components/checks/refusal";

/** What a stack holds is decided by its settings: a platform, daemons, or both; on a platform of its own or on another stack's. */
const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const given = z.unknown().optional();
const list = some(z.array(z.unknown()));

const lenient = z.object({
  platform: some(
    z.object({ vaults: list, fileSystems: list, jobRoles: some(z.array(z.object({ workspaceId: given }).catch({}))) }),
  ),
  workspaceId: given,
  platformStack: given,
  location: given,
  resourceGroupName: given,
  vault: some(z.object({ existing: given, name: given })),
  lake: given,
  machineLearningRoles: given,
  daemons: given,
});

type Settings = z.infer<typeof lenient>;

const PLATFORMS: Refusal = {
  needed: "nothing, because the platform stack decides it",
  fix: "Remove it here, or write it in the platform stack's settings.",
};

const NO_WORKSPACE: Refusal = {
  needed: "the resource ID of a workspace, here or as azure-daemon-access:workspaceId",
  fix: "Write one of the workspaces whose resource group the jobs' roles are for.",
};

/** Tells what does not fit together. */
export function checkEstate(tell: Tell, settings: unknown): void {
  const read = lenient.parse(settings);
  const { platform, platformStack } = read;
  if (platformStack === undefined) requirePlace(tell, read);
  else refuseOnPlatform(tell, read);
  if (platform === undefined) requireDaemons(tell, read);
  else checkPlatform(tell, platform, read);
}

function requirePlace(tell: Tell, settings: Settings): void {
  for (const [name, check] of [
    ["location", location],
    ["resourceGroupName", resourceGroupName],
  ] as const) {
    const refusal = settings[name] === undefined ? check("") : undefined;
    if (refusal) tell(name, undefined, refusal);
  }
}

function refuseOnPlatform(tell: Tell, settings: Settings): void {
  for (const name of ["vault", "lake", "machineLearningRoles"] as const) {
    if (settings[name] !== undefined) tell(name, settings[name], PLATFORMS);
  }
  if (settings.platform !== undefined) {
    const fix = "Remove one of platform and platformStack.";
    tell("platform", settings.platform, { needed: "nothing beside platformStack", fix });
  }
}

/** A team's daemons may still have to move in, or have all moved out. */
function requireDaemons(tell: Tell, { platformStack, daemons }: Settings): void {
  const isEmpty = Array.isArray(daemons) && daemons.length === 0;
  if (isEmpty ? platformStack !== undefined : daemons !== undefined) return;
  const fix =
    platformStack === undefined
      ? "Write each on a line of its own after a dash; or write platform, where the stack is one that others build on."
      : "Write each on a line of its own after a dash; or write [], where they have yet to move in.";
  tell("daemons", daemons, { needed: "at least one daemon", fix });
}

function checkPlatform(
  tell: Tell,
  platform: NonNullable<Settings["platform"]>,
  { vault, workspaceId }: Settings,
): void {
  once(tell, "platform.vaults", platform.vaults);
  once(tell, "platform.fileSystems", platform.fileSystems);
  platform.jobRoles?.forEach((each, index) => {
    if (each.workspaceId !== undefined || workspaceId !== undefined) return;
    tell(`platform.jobRoles[${index}].workspaceId`, undefined, NO_WORKSPACE);
  });
  if ((platform.vaults ?? []).length < 2) return;
  for (const name of ["existing", "name"] as const) {
    if (vault?.[name] === undefined) continue;
    tell(`vault.${name}`, vault[name], {
      needed: "nothing, because it is for one vault and platform.vaults has several",
      fix: "Remove it, or leave one name in platform.vaults.",
    });
  }
}

function once(tell: Tell, path: string, words: readonly unknown[] = []): void {
  words.forEach((word, index) => {
    const first = words.indexOf(word);
    if (first === index) return;
    tell(`${path}[${index}]`, word, {
      needed: "each once",
      fix: `${path}[${first}] has it already; remove one of them.`,
    });
  });
}
