import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import type { Colors } from "./console";
import type { OperationKind, ResourceStep } from "./operationLog";
import { opWords } from "./words";

const compact = { head: [], border: [], compact: true };

/**
 * How many resources came to each end, as "created": 21.
 *
 * @param kind of the operation: a preview only plans them, "create": 21
 */
export function changeCounts(steps: readonly ResourceStep[], kind: OperationKind): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op, status } of steps) {
    const words = opWords(op, kind);
    const word = status === "failed" ? "failed" : kind === "preview" && op !== "same" ? words.verb : words.done;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

/**
 * Resources by type, a column for each kind of change; where that is too wide, a line for each type.
 *
 * @param width that there is, in columns
 */
export function resourceTable(
  steps: readonly ResourceStep[],
  kind: OperationKind,
  colors: Colors,
  width: number,
): string {
  const types = [...new Set(steps.map((step) => step.type))].sort();
  const table = tableOf(steps, types, kind, colors);
  if (widthOf(table) <= width) {
    return table;
  }
  const line = (type: string): string => {
    const counts = changeCounts(type === "all" ? steps : steps.filter((step) => step.type === type), kind);
    return `  ${type}: ${Object.entries(counts)
      .map(([change, count]) => `${count} ${change}`)
      .join(", ")}`;
  };
  return [...types, "all"].map(line).join("\n");
}

const widthOf = (table: string): number => stripVTControlCharacters(table.split("\n")[0] ?? "").length;

function tableOf(
  steps: readonly ResourceStep[],
  types: readonly string[],
  kind: OperationKind,
  colors: Colors,
): string {
  const totals = changeCounts(steps, kind);
  const changes = Object.keys(totals);
  const table = new Table({
    head: ["resource type", ...changes],
    style: compact,
    colAligns: ["left", ...changes.map(() => "right" as const)],
  });
  for (const type of types) {
    const counts = changeCounts(
      steps.filter((step) => step.type === type),
      kind,
    );
    table.push([type, ...changes.map((change) => String(counts[change] ?? ""))]);
  }
  table.push([colors.bold("all"), ...changes.map((change) => colors.bold(String(totals[change] ?? "")))]);
  return table.toString();
}
