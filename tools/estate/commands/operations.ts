import { UsageError } from "../../cli/failure";
import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { azureIdentityHelp, examplesHelp, helpEnd } from "../../cli/sharedOptions";
import { seconds } from "../../cli/values";
import { ownProgramPath } from "../../program/programPath";
import type { PlannedStack } from "../plan/plan";
import { Interruption } from "../run/interruption";
import { runEstate } from "../run/runEstate";
import { type Operation, runOnStack } from "../run/stackRun";
import { summaryOf } from "../run/summary";
import { verifyStack } from "../run/verifyStack";
import { changedSince, type StackOptions, stacksOf, withStackOptions } from "./stackOptions";

interface Options extends StackOptions {
  readonly create?: boolean;
  readonly importUnfinished?: boolean;
  readonly yes?: boolean;
}

interface Description {
  readonly summary: string;
  readonly description: string;
}

const described: Readonly<Record<Operation | "verify", Description>> = {
  preview: {
    summary: "preview the stacks",
    description: "Runs `pulumi preview` on the stacks in parallel, a platform stack before the stacks that use it.",
  },
  up: {
    summary: "deploy the stacks, platform first",
    description:
      "Runs `pulumi up` on the stacks in parallel, a platform stack before the stacks that use it. A stack that fails stops only the stacks that use it.",
  },
  verify: {
    summary: "check that the stacks' credentials work",
    description: "Runs `verify` on the stacks that have daemons, in parallel.",
  },
  drift: {
    summary: "find what differs in Azure from the stacks' state",
    description:
      "Runs `pulumi refresh --preview-only` on the stacks in parallel. A stack whose resources differ from its state counts as failed. Changes nothing.",
  },
  destroy: {
    summary: "delete the stacks' resources, platform last",
    description: "Runs `pulumi destroy` on the stacks in parallel, a platform stack after the stacks that use it.",
  },
};

/** `estate preview`, `estate up`, `estate verify`, `estate drift` and `estate destroy`. */
export const addOperations: AddCommand = (program, performs) => {
  const add = (operation: Operation | "verify") => {
    const { summary, description } = described[operation];
    return withStackOptions(program.command(operation)).summary(summary).description(description);
  };
  for (const operation of ["preview", "up"] as const) {
    const command = add(operation)
      .option(...changedSince)
      .option("--create", "create the stacks that the state backend doesn't have");
    if (operation === "up") {
      command.option("--import-unfinished", "import what an interrupted run created in Azure, and continue");
    }
    command
      .addHelpText("after", helpEnd(examplesHelp(`npx daemon-access estate ${operation} --changed-since origin/main`)))
      .action(performs(withPulumi(operation)));
  }
  add("verify")
    .option(...changedSince)
    .option("--wait <seconds>", "how long to wait for new secrets and roles to replicate", seconds(0), 60)
    .addHelpText("after", helpEnd(azureIdentityHelp, examplesHelp("npx daemon-access estate verify")))
    .action(performs(verify));
  add("drift")
    .addHelpText("after", helpEnd(examplesHelp("npx daemon-access estate drift")))
    .action(performs(withPulumi("drift")));
  add("destroy")
    .option("--yes", "confirm that the resources are to be deleted")
    .addHelpText("after", helpEnd(examplesHelp("npx daemon-access estate destroy --stack reporting --yes")))
    .action(performs(withPulumi("destroy")));
};

const turnOfPlatform = { preview: "first", up: "first", drift: "at the same time", destroy: "last" } as const;

const withPulumi =
  (operation: Operation): Act<Options> =>
  async (options, { env, progress }) => {
    const { parallel, create = false, importUnfinished = false, yes = false, verbose = false } = options;
    const stacks = await stacksOf(options);
    if (operation === "destroy" && !yes) {
      const names = stacks.map(({ stack }) => stack).join(", ");
      throw new UsageError(`destroy deletes all resources of ${names}. Confirm it with --yes.`);
    }
    ownProgramPath(process.cwd());
    const interruption = new Interruption(progress);
    const printed = (output: string): void => {
      if (verbose) progress(output.trimEnd());
    };
    try {
      const perform = (stack: PlannedStack) =>
        runOnStack(operation, stack, { env, interruption, create, importUnfinished, printed, progress });
      const platform = turnOfPlatform[operation];
      const isStopped = (): boolean => interruption.isStopped;
      const rows = await runEstate(stacks, { parallel, platform, isStopped, progress, perform });
      return summaryOf(operation, rows, interruption.isStopped);
    } finally {
      // Whoever presses Ctrl-C once more gets the summary nevertheless.
      if (!interruption.isStopped) interruption.close();
    }
  };

const verify: Act<Options & { readonly wait: number }> = async (options, shell) => {
  const { parallel } = options;
  const { progress } = shell;
  const stacks = (await stacksOf(options)).filter(({ daemons }) => daemons > 0);
  const perform = (stack: PlannedStack) => verifyStack(stack, options, shell);
  const isStopped = (): boolean => false;
  const rows = await runEstate(stacks, { parallel, platform: "at the same time", isStopped, progress, perform });
  return summaryOf("verify", rows);
};
