import { performance } from "node:perf_hooks";
import type { Bounds } from "../../engine/boundedEngine";
import type { EngineProcess } from "../../engine/engineProcess";
import type { PlannedStack } from "../plan/plan";
import type { Interruption } from "./interruption";
import { readPrinted } from "./printed";
import { type Ended, runPulumi } from "./pulumiProcess";
import { isLeftByKilled, isLocked } from "./stackLock";
import { type Attempt, attemptWithImports } from "./unfinishedImports";
import { importArguments, type Unfinished, unfinishedIn, warnsOfUnfinished } from "./unfinished";

/** What is done to every stack with the pulumi command. */
export type Operation = "preview" | "up" | "drift" | "destroy";

/** How the work on one stack ended. */
export interface StackRun {
  readonly ok: boolean;
  readonly seconds: number;
  /** What the engine has changed or would change, in its words. */
  readonly changes: string;
  /** Why it failed; empty where it did not. */
  readonly cause: string;
  /** Creations of earlier runs that were cut off, which somebody must settle. */
  readonly unfinished: readonly Unfinished[];
}

export interface StackRunMeans {
  readonly env: NodeJS.ProcessEnv;
  readonly bounds?: Bounds;
  readonly interruption: Interruption;
  /** Whether a stack that the state backend doesn't have is made first. */
  readonly create: boolean;
  /** Whether what an interrupted run has created in Azure is added to the state, and the work continued. */
  readonly importUnfinished: boolean;
  /** Hears what pulumi printed for a stack. */
  readonly printed: (output: string) => void;
  /** Hears a line on what is done about a stack. */
  readonly progress: (line: string) => void;
}

const ARGUMENTS: Readonly<Record<Operation, readonly string[]>> = {
  preview: ["preview"],
  up: ["up", "--yes", "--skip-preview"],
  drift: ["refresh", "--preview-only", "--expect-no-changes"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

/** Runs the pulumi command on one stack. Never rejects. */
export async function runOnStack(
  operation: Operation,
  { stack }: PlannedStack,
  { env, bounds, interruption, create, importUnfinished, printed, progress }: StackRunMeans,
): Promise<StackRun> {
  const begun = performance.now();
  const pulumi = async (...args: string[]): Promise<Ended> => {
    // Interrupted between two commands: the next one is not begun.
    if (interruption.isStopped) return { ok: false, output: "", signal: null };
    const started = (engine: EngineProcess): void => {
      interruption.watch(engine);
    };
    const ended = await runPulumi([...args, "--stack", stack], env, started, bounds);
    printed(ended.output);
    return ended;
  };
  const unfinishedAfter = async (output: string): Promise<readonly Unfinished[]> => {
    if (!warnsOfUnfinished(output)) return [];
    const state = await runPulumi(["stack", "export", "--stack", stack], env, (engine) => {
      interruption.watch(engine);
    });
    return state.ok ? unfinishedIn(state.output, output) : [];
  };
  const asked: Asked = { operation, create, tell: (line) => progress(`${stack}: ${line}`) };
  const attempt = async (): Promise<Attempt> => {
    const run = await runUnlocked(pulumi, asked);
    return { ended: run, unfinished: await unfinishedAfter(run.output) };
  };
  const { ended, unfinished } = importUnfinished
    ? await attemptWithImports(attempt, (present) => pulumi(...importArguments(present)), asked.tell)
    : await attempt();
  const { changes, errors } = readPrinted(ended.output);
  return {
    ok: ended.ok,
    seconds: (performance.now() - begun) / 1_000,
    changes,
    cause: ended.ok ? "" : causeOf(stack, ended, errors, interruption.isStopped),
    unfinished,
  };
}

type Pulumi = (...args: string[]) => ReturnType<typeof runPulumi>;

interface Asked {
  readonly operation: Operation;
  readonly create: boolean;
  readonly tell: (line: string) => void;
}

/** Where a run of this machine was killed and left the stack locked, unlocks it and goes on. */
async function runUnlocked(pulumi: Pulumi, asked: Asked): Promise<Ended> {
  const ended = await runWith(pulumi, asked);
  if (ended.ok || !isLeftByKilled(ended.output)) return ended;
  asked.tell("a run that was killed has left it locked: unlocking it");
  const unlocked = await pulumi("cancel", "--yes");
  return unlocked.ok ? await runWith(pulumi, asked) : unlocked;
}

/** With `create`, makes the stack where pulumi does not find it. */
async function runWith(pulumi: Pulumi, { operation, create }: Asked): Promise<Ended> {
  if (create) {
    const made = await pulumi("stack", "init", "--no-select");
    if (!made.ok && !/already exists/.test(made.output)) return made;
  }
  return await pulumi(...ARGUMENTS[operation], "--suppress-progress", "--suppress-outputs");
}

const runAgain =
  "Run the same command again: it unlocks the stack, continues, and names what Azure may have created without the state knowing.";

/** Why a run failed, with what to do where pulumi itself could not say it. */
function causeOf(stack: string, { output, signal, still }: Ended, errors: string, isStopped: boolean): string {
  if (still !== undefined) return still;
  if (signal !== null) {
    return `${signal} ended pulumi before it was finished. ${runAgain}`;
  }
  if (isLocked(output)) {
    return `${errors}\nWait for that run. If it was killed, unlock the stack: pulumi cancel --stack ${stack}`;
  }
  return errors || (isStopped ? "interrupted" : "pulumi gave no reason");
}
