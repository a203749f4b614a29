import type { Shell } from "../../cli/outcome";
import type { PlannedStack } from "../plan/plan";
import { performInOrder } from "./inOrder";
import type { StackRun } from "./stackRun";
import type { Row } from "./summary";

interface Means {
  readonly parallel: number;
  /** When a platform's turn is, beside the stacks that build on it. */
  readonly platform: "first" | "last" | "at the same time";
  /** Whether nothing new may start. */
  readonly isStopped: () => boolean;
  readonly progress: Shell["progress"];
  readonly perform: (stack: PlannedStack) => Promise<StackRun>;
}

/** Works on stacks side by side, a platform before or after those that build on it, with a line for each start and end. */
export async function runEstate(stacks: readonly PlannedStack[], means: Means): Promise<Row[]> {
  const { parallel, isStopped, progress } = means;
  const perform = async ({ stack }: { readonly stack: string }): Promise<StackRun> => {
    const planned = stacks.find((each) => each.stack === stack);
    if (planned === undefined) throw new Error(`There is no stack ${stack}.`);
    progress(`${stack}: started`);
    const run = await means.perform(planned);
    const changes = run.changes === "" ? "" : `: ${run.changes}`;
    progress(`${stack}: ${run.ok ? "done" : "failed"} after ${run.seconds.toFixed(1)} s${changes}`);
    return run;
  };
  const tasks = stacks.map((each) => ({ stack: each.stack, after: before(each, stacks, means.platform) }));
  const results = await performInOrder(tasks, { parallel, perform, isStopped });
  return stacks.map((stack) => ({ stack, run: results.get(stack.stack) }));
}

/** The stacks that must be done before. */
function before(
  { stack, platform }: PlannedStack,
  stacks: readonly PlannedStack[],
  turn: Means["platform"],
): readonly string[] {
  if (turn === "last") return stacks.filter((each) => each.platform === stack).map((each) => each.stack);
  return turn === "first" && platform !== undefined ? [platform] : [];
}
