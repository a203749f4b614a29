import { exitCodes } from "../../cli/exitCodes";
import type { Outcome } from "../../cli/outcome";
import type { PlannedStack } from "../plan/plan";
import { tableOf } from "../table";
import type { StackRun } from "./stackRun";
import { howToSettle } from "./unfinished";

type Result = "done" | "failed" | "not run";

/** What came of a stack that was to be worked on. */
export interface Row {
  readonly stack: PlannedStack;
  /** Undefined where it was not started. */
  readonly run: StackRun | undefined;
}

/**
 * One summary of all stacks: what failed comes first, with its cause.
 *
 * @param isInterrupted whether a signal has stopped the command. @default false
 */
export function summaryOf(operation: string, rows: readonly Row[], isInterrupted = false): Outcome {
  const ok = rows.every(({ run }) => run?.ok);
  const isCutOff = isInterrupted && !ok;
  const failed = rows.filter(({ run }) => resultOf(run) === "failed");
  const counts = { done: 0, failed: 0, "not run": 0 };
  for (const { run } of rows) counts[resultOf(run)] += 1;
  const sums = (Object.keys(counts) as Result[]).filter((each) => each === "done" || counts[each] > 0);
  const table = tableOf(
    ["stack", "kind", operation, "seconds", "changes"],
    rows.map(({ stack: { stack, kind }, run }) => [
      stack,
      kind,
      resultOf(run),
      run === undefined ? "" : run.seconds.toFixed(1),
      run?.changes ?? "",
    ]),
  );
  return {
    ok,
    ...(isCutOff && { exitCode: exitCodes.interrupted }),
    lines: [
      ...failed.flatMap(({ stack: { stack }, run }) => [`${stack} failed:`, indented(run?.cause ?? ""), ""]),
      ...rows.flatMap(({ stack: { stack }, run }) => settling(stack, run)),
      ...(rows.length > 0 ? [table] : []),
      `${sums.map((each) => `${counts[each]} ${each}`).join(", ")}.`,
      ...(isCutOff ? ["Interrupted. Run the same command again: it continues from there."] : []),
    ],
    document: {
      operation,
      counts: { done: counts.done, failed: counts.failed, notRun: counts["not run"] },
      stacks: rows.map(({ stack: { stack, kind }, run }) => ({
        stack,
        kind,
        result: resultOf(run),
        seconds: run?.seconds ?? null,
        changes: run?.changes ?? null,
        cause: run?.ok === false ? run.cause : null,
        unfinished: run?.unfinished ?? [],
      })),
    },
  };
}

const resultOf = (run: StackRun | undefined): Result => (run === undefined ? "not run" : run.ok ? "done" : "failed");

const settling = (stack: string, run: StackRun | undefined): readonly string[] =>
  run === undefined || run.unfinished.length === 0 ? [] : [...howToSettle(stack, run.unfinished), ""];

const indented = (text: string): string => text.replace(/^/gm, "  ");
