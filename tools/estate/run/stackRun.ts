import { performance } from "node:perf_hooks";
import type { PlannedStack } from "../plan/plan";
import type { Interruption } from "./interruption";
import { readPrinted } from "./printed";
import { runPulumi } from "./pulumiProcess";

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
}

export interface StackRunMeans {
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  /** Whether a stack that the state backend doesn't have is made first. */
  readonly create: boolean;
  /** Hears what pulumi printed for a stack. */
  readonly printed: (output: string) => void;
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
  { env, interruption, create, printed }: StackRunMeans,
): Promise<StackRun> {
  const begun = performance.now();
  const pulumi = async (...args: string[]) => {
    const ended = await runPulumi([...args, "--stack", stack], env, (child) => {
      interruption.watch(child);
    });
    printed(ended.output);
    return ended;
  };
  const ended = await runWith(pulumi, operation, create);
  const { changes, errors } = readPrinted(ended.output);
  return {
    ok: ended.ok,
    seconds: (performance.now() - begun) / 1_000,
    changes,
    cause: ended.ok ? "" : errors || (interruption.isStopped ? "interrupted" : "pulumi gave no reason"),
  };
}

type Pulumi = (...args: string[]) => ReturnType<typeof runPulumi>;

/** With `create`, makes the stack where pulumi does not find it. */
async function runWith(pulumi: Pulumi, operation: Operation, create: boolean): ReturnType<typeof runPulumi> {
  if (create) {
    const made = await pulumi("stack", "init", "--no-select");
    if (!made.ok && !/already exists/.test(made.output)) return made;
  }
  return await pulumi(...ARGUMENTS[operation], "--suppress-progress", "--suppress-outputs");
}
