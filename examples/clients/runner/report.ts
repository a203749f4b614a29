import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Call } from "./clientRun";
import { unknownCalls } from "./clientRun";
import type { Outcome } from "./runAll";

/** Whether a run is a success: no client failed, and nobody asked local Azure for what it does not know. */
export const passed = ({ results, unknown }: Outcome): boolean =>
  unknown.length === 0 && results.every(({ result }) => result !== "failed");

/** What `--json` prints. Fields are only ever added within a version. */
export const jsonReport = (outcome: Outcome): Record<string, unknown> => ({
  version: 1,
  ok: passed(outcome),
  ...outcome,
});

/** A table, and below it what went wrong. */
export function textReport({ results, unknown }: Outcome, coloured: boolean): string {
  const colors = createColors(coloured);
  const shown = { passed: colors.green("passed"), failed: colors.red("failed"), "not run": colors.yellow("not run") };
  const table = new Table({ head: ["client", "version", "calls", "result", "found"], style: { head: [], border: [] } });
  for (const { client, versions, calls, result, found } of results) {
    table.push([client, versions.join("\n"), callsInWords(calls), shown[result], result === "passed" ? found : ""]);
  }
  const reasons = results
    .filter(({ result }) => result !== "passed")
    .map(({ client, result, found }) => `${result}: ${client}\n${indented(found)}`);
  const others = unknown.length === 0 ? [] : [`failed: the deployment\n${indented(unknownCalls(unknown))}`];
  const counts = (["passed", "failed", "not run"] as const)
    .map((each) => [results.filter(({ result }) => result === each).length, each] as const)
    .filter(([count]) => count > 0)
    .map(([count, each]) => `${count} ${each}`);
  return [table.toString(), ...reasons, ...others, `${counts.join(", ")}.`].join("\n\n");
}

/** "entra 2, keyVault 1", in the order in which services were first called. */
export function callsInWords(calls: readonly Call[]): string {
  const counts = new Map<string, number>();
  for (const { service } of calls) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].map(([service, count]) => `${service} ${count}`).join("\n");
}

const indented = (text: string): string => text.replace(/^/gm, "  ");
