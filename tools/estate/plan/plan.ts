import { UsageError } from "../../cli/failure";
import { arrange, type ArrangedStack } from "./arrange";
import { type Changes, changesSince } from "./changes";
import { type Project, readProject } from "./project";
import { isRotationDue } from "./rotation";
import { readSettingsFiles } from "./settingsFiles";

/** Why a stack runs: its settings file, the program, or its platform has changed, or a secret of it has to rotate. */
export type Reason = "settings" | "program" | "platform" | "rotation";

export interface PlannedStack extends ArrangedStack {
  /** Whether it is among the stacks to work on. */
  readonly runs: boolean;
  /** Empty where all stacks run, or this one does not. */
  readonly reasons: readonly Reason[];
}

export interface Wanted {
  /** A revision in git: only what has changed since then runs. @default everything */
  readonly changedSince?: string;
  /** Only these stacks run. @default all */
  readonly stack?: readonly string[];
}

/**
 * Plans the estate of a project.
 * @throws UsageError that lists every problem of the settings files
 */
export async function planEstate(directory: string, { changedSince, stack }: Wanted): Promise<readonly PlannedStack[]> {
  const project = readProject(directory);
  const read = readSettingsFiles(directory, project);
  const { stacks, problems } = arrange(read.stacks, project.name);
  // A file that cannot be read may be the one that another names.
  refuse(read.problems.length > 0 ? read.problems : problems);
  if (stacks.length === 0) throw new UsageError(`There is no Pulumi.<stack>.yaml in ${directory}.`);
  const unknown = (stack ?? []).filter((name) => !stacks.some((each) => each.stack === name));
  if (unknown.length > 0) {
    const known = stacks.map((each) => each.stack).join(", ");
    throw new UsageError(`--stack: there is no stack ${unknown.join(", ")}. There are: ${known}.`);
  }
  const planned =
    changedSince === undefined
      ? stacks.map((each) => ({ ...each, runs: true, reasons: [] }))
      : chosen(stacks, project, await changesSince(changedSince, directory), new Date());
  return planned.map((each) => ({ ...each, runs: each.runs && (stack?.includes(each.stack) ?? true) }));
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new UsageError([`The settings files have ${count}, and nothing was started:`, ...lines].join("\n"));
}

/** The stacks with what has changed. */
export function chosen(
  stacks: readonly ArrangedStack[],
  project: Project,
  { paths, since }: Changes,
  now: Date,
): PlannedStack[] {
  const program = paths.some((path) => isOfProgram(path, project));
  const ownReasons = (each: ArrangedStack): Reason[] => [
    ...(paths.includes(each.file) ? (["settings"] as const) : []),
    ...(program ? (["program"] as const) : []),
  ];
  const changed = new Set(stacks.filter((each) => ownReasons(each).length > 0).map(({ stack }) => stack));
  return stacks.map((each) => {
    const reasons: Reason[] = [
      ...ownReasons(each),
      ...(each.platform !== undefined && changed.has(each.platform) ? (["platform"] as const) : []),
      ...(each.rotations.some((rotating) => isRotationDue(rotating, since, now)) ? (["rotation"] as const) : []),
    ];
    return { ...each, runs: reasons.length > 0, reasons };
  });
}

const SHARED_FILES = ["Pulumi.yaml", "package.json", "package-lock.json"];
/** Local components, where the program lies in a directory of its own. */
const COMPONENTS = "components";

/** Whether every stack runs what the path holds. A program in the project's own directory may be anything there. */
function isOfProgram(path: string, { program }: Project): boolean {
  if (SHARED_FILES.includes(path)) return true;
  if (program === ".") return !/(^|\/)Pulumi\.[^/]+\.ya?ml$|\.md$/.test(path);
  return [program, COMPONENTS].some((directory) => path.startsWith(`${directory}/`));
}
