import type { AccessReport } from "./schema";
import type { StackSource } from "./sources";

type Rules = NonNullable<AccessReport["policies"]>;
type Rule = Rules[number];
type Results = NonNullable<StackSource["review"]>["policies"];

const order = ["mandatory", "advisory", "waived", "undecided"] as const;

/** What the policies found, by rule, what stops a run first. Null where no preview asked them. */
export function ruleRecords(sources: readonly StackSource[]): AccessReport["policies"] {
  if (!sources.some(({ review }) => review !== undefined)) return null;
  return sources.flatMap(({ id, review }) =>
    review ? order.flatMap((level) => rulesOf(id, level, review.policies)) : [],
  );
}

function rulesOf(stack: string, level: Rule["level"], results: Results): Rule[] {
  const rules = new Map<string, Rule>();
  for (const result of results[level]) {
    const [, problem = result.message, fix] = /^(.*?)\.? Fix: (.*)$/s.exec(result.message) ?? [];
    const { rule, title, severity, resource } = result;
    const known = rules.get(rule) ?? {
      stack,
      rule,
      what: title,
      level,
      ...(severity !== undefined && { severity }),
      ...(fix !== undefined && { fix }),
      findings: [],
    };
    known.findings.push({
      ...(resource && { resource: resource.name }),
      problem,
      ...(isWaived(result) && { waived: { until: result.until, reason: result.reason } }),
    });
    rules.set(rule, known);
  }
  return [...rules.values()].sort((one, other) => one.rule.localeCompare(other.rule));
}

type Waived = Results["waived"][number];
const isWaived = (result: Results["advisory"][number] | Waived): result is Waived => "until" in result;
