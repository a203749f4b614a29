import { fixedBySetting } from "../../policy/rule/settingFix";
import { wrapped } from "../../tools/cli/wrapped";
import type { Console } from "./console";
import type { Violation } from "./violations";

export interface PolicyReportOptions {
  /** Whether the reader writes settings and no resources: the program is the project's own stack. @default false */
  readonly inSettings?: boolean;
  /** Whether advisories are listed, or only counted. */
  readonly listPolicies: boolean;
}

/** Prints what the policies found: what stops the run and what is waived in full, advisories by rule, or by their count unless it is asked for. */
export function reportViolations(
  console: Console,
  found: readonly Violation[],
  { listPolicies, inSettings = false }: PolicyReportOptions,
): void {
  const violations = inSettings ? found.map(withSetting) : found;
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  const waived = violations.filter(({ waivedUntil }) => waivedUntil !== undefined);
  const advisories = violations.filter((violation) => violation.level === "advisory" && !waived.includes(violation));
  const rules = new Set(advisories.map(({ rule }) => rule));
  if (listPolicies) for (const alike of byRule(advisories)) printRule(console, alike);
  for (const violation of [...waived, ...mandatory]) {
    print(console, violation);
  }
  if (mandatory.length > 0) {
    const count =
      mandatory.length === 1 ? "1 violation of the policies" : `${mandatory.length} violations of the policies`;
    console.line(`${count}. (--no-policy tries it without them.)`);
  }
  if (advisories.length > 0 && !listPolicies) {
    console.line(
      `${advisories.length} ${advisories.length === 1 ? "policy advisory" : "policy advisories"} of ${rules.size} ${rules.size === 1 ? "rule" : "rules"}; --policies lists them.`,
    );
  }
}

/** Programs of other teams have no such setting, so a finding names the resource's own property before it. */
const withSetting = (violation: Violation): Violation =>
  violation.fix === undefined ? violation : { ...violation, fix: fixedBySetting(violation.fix) };

/** Findings of one rule with one reason and one fix, which differ in their resources. */
function byRule(advisories: readonly Violation[]): (readonly Violation[])[] {
  const groups = new Map<string, Violation[]>();
  for (const advisory of advisories) {
    const key = JSON.stringify([advisory.rule, advisory.reason, advisory.fix]);
    groups.set(key, [...(groups.get(key) ?? []), advisory]);
  }
  return [...groups.values()];
}

/** An advisory once, with all resources that it is about. */
function printRule(console: Console, alike: readonly Violation[]): void {
  const [first, ...rest] = alike;
  if (first === undefined) return;
  if (rest.length === 0) {
    print(console, first);
    return;
  }
  const { rule, what, reason, fix } = first;
  console.line(`${labelOf(first, console)} ${rule}, ${alike.length} resources`);
  const names = alike.map(({ name }) => name ?? "the stack").join(", ");
  console.line(wrapped("  rule    ", `${what}.`, console.width));
  console.line(wrapped("  on      ", names, console.width));
  console.line(wrapped("  reason  ", reason, console.width));
  if (fix !== undefined) console.line(wrapped("  fix     ", fix, console.width));
}

function print(console: Console, violation: Violation): void {
  const { rule, what, reason, fix, type, name } = violation;
  const label = labelOf(violation, console);
  const about = name === undefined ? "" : `, ${type ?? ""} ${name}`;
  console.line(`${label} ${rule}${about}`);
  console.line(wrapped("  rule    ", `${what}.`, console.width));
  console.line(wrapped("  reason  ", reason, console.width));
  if (fix !== undefined) {
    console.line(wrapped("  fix     ", fix, console.width));
  }
}

function labelOf({ level, waivedUntil }: Violation, { colors }: Console): string {
  if (level === "mandatory") return colors.red("violated:");
  return colors.yellow(waivedUntil === undefined ? "advisory:" : "waived:");
}
