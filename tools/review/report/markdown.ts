import { days } from "../risk/dates";
import { grouped } from "./grouped";
import { causesIn } from "./causes";
import { accessMap, accessSection, namesOf, standingRows } from "./markdownAccess";
import { findingsByRule, waivedLines } from "./markdownPolicies";
import { code, folded, plain } from "./markdownText";
import type { Report } from "./schema";

const headlines: Readonly<Record<Report["verdict"]["level"], string>> = {
  failed: "❌ The preview failed",
  violation: "❌ A mandatory policy is violated",
  decision: "🔑 This change needs a decision",
  advisory: "ℹ️ Nothing to decide; the policies advise",
  nothing: "✅ Nothing to decide",
};

/**
 * The report for a pull request: access first, whatever else there is, then what stops it, then what can hurt. Everything that
 * decides nothing is folded, the engine's own words last. Lists are by likeness, so that ten daemons are not ten times as long.
 */
export function markdown(report: Report): string {
  const { verdict, preview } = report;
  const causes = causesIn(report);
  const sections = [
    `## ${headlines[verdict.level]}`,
    `${about(report)}${verdict.reasons.length > 0 ? `: ${verdict.reasons.map(plain).join(", ")}` : ""}.`,
    failure(report),
    accessSection(causes.changes, preview.ok),
    accessMap(causes.changes),
    titled("### Violations", findingsByRule(causes.violations, "⛔ ")),
    risks(causes.risks),
    dataLoss(report),
    ...foldedParts(report),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** "Stack `dev`", or "Stacks `platform`, `forecasting`". */
const about = ({ stack, stacks }: Report): string =>
  stacks === undefined ? `Stack ${code(stack)}` : `Stacks ${stack.split(", ").map(code).join(", ")}`;

const titled = (title: string, body: string): string => (body === "" ? "" : `${title}\n\n${body}`);

/** One line of why the preview failed, where no violation tells it; the rest of the engine's words are folded at the end. */
function failure({ preview, verdict, stacks }: Report): string {
  const failed = (stacks ?? []).flatMap(({ stack, reason }) =>
    reason === undefined ? [] : [`- ❌ The preview of ${code(stack)} failed with: ${plain(reason)}`],
  );
  if (stacks !== undefined) return failed.join("\n");
  const [first] = preview.errors;
  if (preview.ok || first === undefined || verdict.level === "violation") return "";
  const about = first.resource === undefined ? "" : `${code(first.resource)}: `;
  return `It failed with: ${about}${plain(first.message)}`;
}

const risks = (all: Report["risks"]): string =>
  titled(
    "### Risks",
    all.map(({ severity, text }) => `- ${severity === "high" ? "🔴" : "🟠"} **${severity}** ${plain(text)}`).join("\n"),
  );

function dataLoss({ dataLoss: all }: Report): string {
  const groups = grouped(all, ({ change, holds, type, retained }) => JSON.stringify([change, holds, type, retained]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, type, holds, retained } = first;
    const names = namesOf(group.map(({ resource }) => resource));
    return [
      `- 🔴 **${change}** ${plain(type)} ${names}: ${plain(holds)}${retained ? " (Pulumi leaves it in Azure)" : ""}`,
    ];
  });
  return titled("### Deleted or replaced, with what it holds", lines.join("\n"));
}

/** What decides nothing, each part with its sum. */
function foldedParts(report: Report): string[] {
  const { waived, advisory, undecided, fixed } = report.policies;
  const rules = (findings: readonly { readonly rule: string }[]): string => {
    const count = new Set(findings.map(({ rule }) => rule)).size;
    return `${count} ${count === 1 ? "rule" : "rules"}`;
  };
  return [
    part(`Waived: ${rules(waived)}`, waivedLines(waived)),
    part(`Advisories: ${rules(advisory)}`, findingsByRule(advisory, "")),
    part(`Not decided until values are known: ${rules(undecided)}`, findingsByRule(undecided, "")),
    part("Fixed by a rule", fixed.map(({ rule, resource }) => `- ${code(rule)} on ${code(resource)}`).join("\n")),
    rotations(report),
    resources(report),
    ...standingRows(report).map(([title, rows]) => part(title, rows.map((row) => `- ${row}`).join("\n"))),
    part("What the engine said", engineWords(report)),
  ].filter((each) => each !== "");
}

const part = (summary: string, body: string): string => (body === "" ? "" : folded(summary, body));

function rotations({ rotations: all }: Report): string {
  const near = all.filter(({ state }) => state !== "later").length;
  const groups = grouped(all, ({ date, what }) => `${date.slice(0, 10)} ${what}`);
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { state, date, daysLeft, what } = first;
    const mark = state === "past" ? "🔴 " : state === "due" ? "🟠 " : "";
    return [
      `- ${mark}${plain(date.slice(0, 10))}, ${days(daysLeft)} left, ${plain(what)}: ${namesOf(group.map(({ of }) => of))}`,
    ];
  });
  const summary = near > 0 ? `${near} past or due within 30 days` : "none due within 30 days";
  return part(`Rotations: ${all.length === 1 ? "1 date" : `${all.length} dates`}, ${summary}`, lines.join("\n"));
}

function resources({ resources: { counts, changes } }: Report): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  const summary = told.map(([change, count]) => `${count} ${change}`).join(", ");
  const groups = grouped(changes, ({ change, type, properties }) => JSON.stringify([change, type, properties]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, type, properties } = first;
    const paths = properties.length > 0 ? ` (${properties.map(code).join(", ")})` : "";
    return [`- ${change} ${plain(type)} ${namesOf(group.map(({ name }) => name))}${paths}`];
  });
  return part(`Resources: ${summary || "none"}`, lines.join("\n"));
}

/** More lines than this tell nothing more. */
const MOST_WORDS = 10;

function engineWords({ preview: { errors, warnings } }: Report): string {
  const lines = [
    ...errors.map((each) => ({ ...each, as: "error" })),
    ...warnings.map((each) => ({ ...each, as: "warning" })),
  ].map(({ as, message, resource, stack }) => {
    const where = [stack, resource].flatMap((each) => (each === undefined ? [] : [`${code(each)}: `]));
    return `- ${as}: ${where.join("")}${plain(message)}`;
  });
  const more = lines.length > MOST_WORDS ? [`- ${lines.length - MOST_WORDS} more are in the JSON report`] : [];
  return [...lines.slice(0, MOST_WORDS), ...more].join("\n");
}
