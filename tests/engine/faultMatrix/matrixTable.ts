/** A fault that Azure is known for, and how a run with it has to end. */
export interface MatrixRow {
  readonly row: number;
  /** Where it meets the run. */
  readonly at: string;
  readonly fault: string;
  readonly times: string;
  /** "absorbed": the run ends green; "reported": it fails with the cause, and the next run goes on. */
  readonly end: "absorbed" | "reported" | "never happens";
  /** What the reader has to know of the end. */
  readonly note?: string;
  /** The scenario that injects it, for `--faults`; none where no scenario can. */
  readonly scenario?: string;
  /** The test that walks it. */
  readonly test: string;
}

/** The rows as a table of the documentation. */
export function matrixTable(matrix: readonly MatrixRow[]): string {
  const rows = matrix.map(({ row, at, fault, times, end, note, scenario, test }) => [
    String(row),
    at,
    fault,
    times,
    note === undefined ? end : `${end}. ${note}`,
    scenario === undefined ? "" : `\`${scenario}\``,
    `[${test.split("/").at(-1) ?? ""}](../../${test})`,
  ]);
  const head = ["row", "where", "fault", "times", "end", "scenario", "test"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
