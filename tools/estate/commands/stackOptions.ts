import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { withSharedOptions } from "../../cli/sharedOptions";
import { repeated, whole } from "../../cli/values";
import { refuseUnfinishedMove } from "../move/journal";
import { planEstate, type PlannedStack, type Wanted } from "../plan/plan";

const MOST_AT_ONCE = 256;

/** Which stacks a command works on, and how many at the same time. */
export interface StackOptions extends Wanted {
  readonly parallel: number;
}

/** The option of what works on changed stacks alone. */
export const changedSince = [
  "--changed-since <revision>",
  "only what has changed since then in git, or rotates",
] as const;

/** A command with the options of all that work on several stacks. */
export const withStackOptions = (command: Command): Command =>
  withSharedOptions(command, "none")
    .option("--stack <name>", "only this stack; repeatable", repeated)
    .option(
      "--parallel <number>",
      "how many stacks at the same time (default: one for each core)",
      whole(1, MOST_AT_ONCE),
      availableParallelism(),
    );

/** The stacks to work on. @throws CommandError where one of them is in the middle of a move */
export async function stacksOf(options: StackOptions): Promise<PlannedStack[]> {
  const stacks = (await planEstate(process.cwd(), options)).filter(({ runs }) => runs);
  refuseUnfinishedMove(
    process.cwd(),
    stacks.map(({ stack }) => stack),
  );
  return stacks;
}
