import type { AddCommand } from "../../cli/frame";
import type { Act } from "../../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { repeated } from "../../cli/values";
import { planEstate, type PlannedStack, type Wanted } from "../plan/plan";
import { tableOf } from "../table";

export const addPlan: AddCommand = (program, performs) => {
  withSharedOptions(program.command("plan"), "none")
    .summary("list the stacks, their dependencies and what would run")
    .description(
      "Reads every Pulumi.<stack>.yaml of the project, and lists the stacks, their dependencies, and which have changed. With --json it prints the input of a pipeline's matrix.",
    )
    .option("--changed-since <revision>", "only stacks that have changed in git since then run")
    .option("--stack <name>", "only this stack runs; repeatable", repeated)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access estate plan",
          "npx daemon-access estate plan --changed-since origin/main --json",
        ),
      ),
    )
    .action(performs(plan));
};

const plan: Act<Wanted> = async (options) => {
  const stacks = await planEstate(process.cwd(), options);
  const running = stacks.filter(({ runs }) => runs);
  return {
    ok: true,
    lines: [
      tableOf(["stack", "kind", "builds on", "daemons", "runs"], stacks.map(row)),
      `Stacks to run: ${running.length} of ${stacks.length}.`,
    ],
    document: {
      stacks: stacks.map(documented),
      matrix: matrixOf(running),
      platformMatrix: matrixOf(running.filter(({ kind }) => kind === "platform")),
      teamMatrix: matrixOf(running.filter(({ kind }) => kind !== "platform")),
      platformLegs: legsOf(running.filter(({ kind }) => kind === "platform")),
      teamLegs: legsOf(running.filter(({ kind }) => kind !== "platform")),
    },
  };
};

const row = ({ stack, kind, platformStack, platform, daemons, runs, reasons }: PlannedStack): string[] => [
  stack,
  kind,
  platform ?? platformStack?.stack ?? "",
  String(daemons),
  runs ? reasons.join(", ") || "yes" : "no",
];

const documented = ({ stack, file, kind, platform, platformStack, daemons, runs, reasons }: PlannedStack) => ({
  stack,
  file,
  kind,
  platform: platform ?? null,
  platformStack: platformStack?.stack ?? null,
  daemons,
  runs,
  reasons,
});

/** What `strategy.matrix` of GitHub Actions takes. */
const matrixOf = (stacks: readonly PlannedStack[]) => ({ include: stacks.map(({ stack }) => ({ stack })) });

/** What `strategy.matrix` of Azure DevOps takes: variables by the name of the leg, which has letters, digits and underscores alone. */
const legsOf = (stacks: readonly PlannedStack[]) =>
  Object.fromEntries(
    stacks.map(({ stack }, index) => [`stack_${index}_${stack.replaceAll(/[^A-Za-z0-9]/g, "_")}`, { stack }]),
  );
