import Table from "cli-table3";
import type { Colors } from "./console";
import type { ResourceStep } from "./operationLog";
import { inline } from "./values";
import { opWords } from "./words";

const plain = { head: [], border: [] };

/** How many resources came to each end, as "21 created, 3 unchanged". */
export function changeCounts(steps: readonly ResourceStep[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op, status } of steps) {
    const word = status === "failed" ? "failed" : opWords(op).done;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

/** Resources by type, a column for each kind of change. */
export function resourceTable(steps: readonly ResourceStep[], colors: Colors): string {
  const changes = Object.keys(changeCounts(steps));
  const table = new Table({
    head: ["resource type", ...changes],
    style: plain,
    colAligns: ["left", ...changes.map(() => "right" as const)],
  });
  for (const type of [...new Set(steps.map((step) => step.type))].sort()) {
    const counts = changeCounts(steps.filter((step) => step.type === type));
    table.push([type, ...changes.map((change) => String(counts[change] ?? ""))]);
  }
  const totals = changeCounts(steps);
  table.push([colors.bold("all"), ...changes.map((change) => colors.bold(String(totals[change] ?? "")))]);
  return table.toString();
}

/** Stack outputs, one a row. */
export function outputsTable(outputs: Readonly<Record<string, unknown>>): string {
  const table = new Table({ head: ["output", "value"], style: plain });
  for (const name of Object.keys(outputs).sort()) {
    table.push([name, inline(outputs[name])]);
  }
  return table.toString();
}
