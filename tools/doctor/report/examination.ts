import Table, { type TableConstructorOptions } from "cli-table3";
import { createColors } from "picocolors";
import { fits, resultLines } from "../../cli/resultLines";
import { checkNames, type Finding, type Result } from "../checks/finding";
import type { Examination } from "../examine";
import { shortScope } from "../rights/roleDefinition";

type Counts = Readonly<Record<Result, number>>;

/** What `--json` prints. Fields are only ever added within a version. */
export interface JsonReport {
  readonly version: 1;
  readonly stack: string;
  /** Whether nothing failed: the exit code, in a word. */
  readonly ok: boolean;
  /** Null where the deployer could not sign in. */
  readonly deployer: { readonly clientId: string; readonly objectId: string; readonly tenantId: string } | null;
  readonly counts: Counts;
  readonly findings: readonly Finding[];
}

export function jsonReport(stack: string, { deployer, findings }: Examination): JsonReport {
  const counts = countsOf(findings);
  return { version: 1, stack, ok: counts.failed === 0, deployer: deployer ?? null, counts, findings };
}

/**
 * A table, then what to do about each thing that failed or is unknown, then one line of sums.
 *
 * @param width that there is, in columns: where the table is wider, a line for each thing
 */
export function textReport(
  stack: string,
  { deployer, findings }: Examination,
  colourful: boolean,
  width: number,
): string {
  const colours = createColors(colourful);
  const paint: Readonly<Record<Result, (text: string) => string>> = {
    passed: colours.green,
    failed: colours.red,
    unknown: colours.yellow,
    note: colours.dim,
  };
  const rows = rowsOf(findings).map(({ check, subject, scope, result, reason, detail = reason?.code ?? "" }) => ({
    what: checkNames[check],
    which: scope === undefined ? shortened(subject) : `${subject} on ${shortScope(scope)}`,
    result,
    found: detail,
  }));
  const table = new Table({ head: ["what", "which", "result", "found"], ...plainTable });
  for (const { what, which, result, found } of rows) table.push([what, which, paint[result](result), found]);
  const drawn = table.toString();
  const lines = fits(drawn, width)
    ? [drawn]
    : resultLines(
        rows.map(({ what, which, ...rest }) => ({ ...rest, text: `${what}: ${which}` })),
        { paint: (result) => paint[result as Result](result), width },
      ).flat();
  const notes = sharedRemedies(findings).map((shared) => note(shared, paint[shared.result](shared.result)));
  const title = deployer === undefined ? `Stack ${stack}` : `Stack ${stack}, deployed by ${deployer.clientId}`;
  return [title, ...lines, ...(notes.length === 0 ? [] : ["", ...notes, ""]), sums(findings)].join("\n");
}

const plainTable: TableConstructorOptions = {
  style: { head: [], border: [] },
  // One line a row: the rules between rows go.
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

/** A scope's actions that are there make one row; each that is missing keeps its own. */
function rowsOf(findings: readonly Finding[]): Finding[] {
  const isPassedAction = ({ check, result }: Finding): boolean => check === "azureAction" && result === "passed";
  const told = new Set<string>();
  return findings.flatMap((finding) => {
    if (!isPassedAction(finding)) return [finding];
    const { scope = "", check, result } = finding;
    if (told.has(scope)) return [];
    told.add(scope);
    const { length } = findings.filter((each) => isPassedAction(each) && each.scope === scope);
    return [{ check, scope, result, subject: length === 1 ? "1 action" : `${length} actions` }];
  });
}

/** A resource is told by its name; nothing else begins with a slash. */
const shortened = (subject: string): string => (subject.startsWith("/") ? shortScope(subject) : subject);

interface SharedRemedy extends Finding {
  readonly subjects: readonly string[];
}

/** One command may give several missing actions. */
function sharedRemedies(findings: readonly Finding[]): SharedRemedy[] {
  const byRemedy = new Map<string, SharedRemedy>();
  for (const finding of findings) {
    const { check, result, scope, remedy, subject } = finding;
    if (remedy === undefined) continue;
    const key = JSON.stringify([check, result, scope ?? subject, remedy]);
    const { subjects } = byRemedy.get(key) ?? { subjects: [] };
    byRemedy.set(key, { ...finding, subjects: [...subjects, subject] });
  }
  return [...byRemedy.values()];
}

/** Nothing is wrapped, so that a command can be copied. */
function note({ check, subjects, scope, detail, reason, remedy = "" }: SharedRemedy, result: string): string {
  const where = scope === undefined ? "" : ` on ${scope}`;
  const found = reason === undefined ? detail : `${reason.code}: ${reason.message}`;
  return [
    `${result}: ${checkNames[check]} ${subjects.join(", ")}${where}`,
    ...(found === undefined ? [] : [`  found   ${found}`]),
    `  remedy  ${remedy}`,
  ].join("\n");
}

function sums(findings: readonly Finding[]): string {
  const counts = countsOf(findings);
  const told = (Object.keys(counts) as Result[]).filter((result) => result === "passed" || counts[result] > 0);
  return `${told.map((result) => `${counts[result]} ${result}`).join(", ")}.`;
}

function countsOf(findings: readonly Finding[]): Counts {
  const counts = { passed: 0, failed: 0, unknown: 0, note: 0 };
  for (const { result } of findings) {
    counts[result] += 1;
  }
  return counts;
}
