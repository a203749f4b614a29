import { availableParallelism } from "node:os";
import { Option, type Command } from "commander";
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
  "only stacks that have changed in git since then, or that rotate",
] as const;

/** A command with the options of all that work on several stacks. */
export const withStackOptions = (command: Command): Command =>
  withSharedOptions(command, "none")
    .option("--stack <name>", "only this stack; repeatable", repeated)
    .addOption(
      new Option("--parallel <number>", "how many stacks at the same time")
        .argParser(whole(1, MOST_AT_ONCE))
        .default(availableParallelism(), "one for each core"),
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
