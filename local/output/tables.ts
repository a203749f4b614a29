import Table from "cli-table3";
import type { Colors } from "./console";
import type { OperationKind, ResourceStep } from "./operationLog";
import { inline } from "./values";
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

/** Resources by type, a column for each kind of change. */
export function resourceTable(steps: readonly ResourceStep[], kind: OperationKind, colors: Colors): string {
  const totals = changeCounts(steps, kind);
  const changes = Object.keys(totals);
  const table = new Table({
    head: ["resource type", ...changes],
    style: compact,
    colAligns: ["left", ...changes.map(() => "right" as const)],
  });
  for (const type of [...new Set(steps.map((step) => step.type))].sort()) {
    const counts = changeCounts(
      steps.filter((step) => step.type === type),
      kind,
    );
    table.push([type, ...changes.map((change) => String(counts[change] ?? ""))]);
  }
  table.push([colors.bold("all"), ...changes.map((change) => colors.bold(String(totals[change] ?? "")))]);
  return table.toString();
}

/** Stack outputs, one a row. */
export function outputsTable(outputs: Readonly<Record<string, unknown>>): string {
  const table = new Table({ head: ["output", "value"], style: compact });
  for (const name of Object.keys(outputs).sort()) {
    table.push([name, inline(outputs[name])]);
  }
  return table.toString();
}
