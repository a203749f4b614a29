import Table, { type TableConstructorOptions } from "cli-table3";
import { createColors } from "picocolors";
import { fits, resultLines } from "../cli/resultLines";
import { checkNames, type Result, type Row } from "./rows";

type Counts = Readonly<Record<Result, number>>;

/** What `--json` prints. Fields are only ever added within a version. */
export interface JsonReport {
  readonly version: 1;
  /** Address of the vault. */
  readonly vault: string;
  /** Whether no check failed: the exit code, in a word. */
  readonly ok: boolean;
  readonly counts: Counts;
  /** In the order of the table. */
  readonly checks: readonly (Row & { /** What was called, in words. */ readonly what: string })[];
}

export function jsonReport(vault: string, rows: readonly Row[]): JsonReport {
  const counts = countsOf(rows);
  const checks = rows.map(({ daemon, check, ...rest }) => ({ daemon, check, what: checkNames[check], ...rest }));
  return { version: 1, vault, ok: counts.failed === 0, counts, checks };
}

/**
 * The table, then the reason and the remedy of each row that did not pass, then one line of sums.
 *
 * @param width that there is, in columns: where the table is wider, a line for each call
 */
export function textReport(vault: string, rows: readonly Row[], colourful: boolean, width: number): string {
  const colours = createColors(colourful);
  const paint: Readonly<Record<Result, (text: string) => string>> = {
    passed: colours.green,
    waiting: colours.yellow,
    failed: colours.red,
    skipped: colours.dim,
  };
  const table = new Table({ head: ["daemon", "call", "result", "ms", "found"], ...plainTable });
  for (const row of rows) {
    const { daemon, check, result, ms } = row;
    table.push([daemon ?? "", checkNames[check], paint[result](result), result === "skipped" ? "" : ms, foundBy(row)]);
  }
  const drawn = table.toString();
  const notes = rows
    .filter(({ reason }) => reason !== undefined)
    .map((row) => note(row, paint[row.result](row.result)));
  return [
    `Credentials in ${vault}`,
    ...(fits(drawn, width) ? [drawn] : callLines(rows, paint, width)),
    ...grouped(notes),
    sums(rows),
  ].join("\n");
}

const foundBy = ({ detail, reason }: Row): string =>
  detail ?? (reason === undefined ? "" : `${reason.status ?? ""} ${reason.code}`.trim());

/** A line for each call, below its daemon. */
function callLines(
  rows: readonly Row[],
  paint: Readonly<Record<Result, (text: string) => string>>,
  width: number,
): string[] {
  const lines = rows.map((row) => ({
    result: row.result,
    text: checkNames[row.check],
    found: foundBy(row),
    suffix: row.result === "skipped" ? "" : ` (${row.ms} ms)`,
  }));
  return resultLines(lines, { paint: (result) => paint[result as Result](result), width }).flatMap((told, index) => {
    const daemon = rows[index]?.daemon ?? null;
    return daemon !== null && daemon !== rows[index - 1]?.daemon ? [daemon, ...told] : told;
  });
}

const plainTable: TableConstructorOptions = {
  style: { head: [], border: [] },
  colAligns: ["left", "left", "left", "right"],
  // One line a row: the rules between rows go.
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

/** A row that needs something done, with nothing wrapped, so that an address can be copied. */
function note({ daemon, check, reason, remedy }: Row, result: string): string {
  const title = `${result}: ${daemon === null ? "" : `${daemon}, `}${checkNames[check]}`;
  const said = reason === undefined ? "" : `${reason.status ?? ""} ${reason.code}: ${reason.message}`.trim();
  return [title, `  reason  ${said}`, `  remedy  ${remedy ?? ""}`].join("\n");
}

const grouped = (notes: readonly string[]): string[] => (notes.length === 0 ? [] : ["", ...notes, ""]);

function sums(rows: readonly Row[]): string {
  const counts = countsOf(rows);
  const told = (Object.keys(counts) as Result[]).filter((result) => result === "passed" || counts[result] > 0);
  return `${told.map((result) => `${counts[result]} ${result}`).join(", ")}.`;
}

function countsOf(rows: readonly Row[]): Counts {
  const counts = { passed: 0, waiting: 0, failed: 0, skipped: 0 };
  for (const { result } of rows) {
    counts[result] += 1;
  }
  return counts;
}
