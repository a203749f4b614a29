import type { AddCommand } from "../cli/frame";
import { examplesHelp, helpEnd } from "../cli/sharedOptions";
import { addOperations } from "./commands/operations";
import { addKubernetes } from "./commands/kubernetes";
import { addMove } from "./commands/move";
import { addPlan } from "./commands/plan";
import { addReview } from "./commands/review";

/** The commands, in the order of `--help`. */
const commands: readonly AddCommand[] = [addPlan, addReview, addOperations, addMove, addKubernetes];

export const addEstate: AddCommand = (program, performs) => {
  const estate = program
    .command("estate")
    .summary("run a command on all stacks of a project, in dependency order")
    .description(
      "Runs a command on the stacks that the Pulumi.<stack>.yaml files of a project describe: a platform stack before the stacks that use it, others in parallel.",
    )
    .helpCommand(false)
    .addHelpText(
      "after",
      helpEnd(examplesHelp("npx daemon-access estate plan --changed-since origin/main", "npx daemon-access estate up")),
    );
  for (const add of commands) add(estate, performs);
};
