import { accessSection, consentSection, readersSection } from "./markdownAccess";
import { code, folded, plain, table } from "./markdownText";
import type { Report } from "./schema";

/** Rows of a list that grows with the stack; GitHub refuses a comment of more than 65,536 characters. */
const MOST_ROWS = 100;

const headlines: Readonly<Record<Report["verdict"]["level"], string>> = {
  failed: "❌ The preview failed",
  violation: "❌ A mandatory policy is violated",
  decision: "🔑 This change needs a decision",
  advisory: "ℹ️ Nothing to decide; the policies advise",
  nothing: "✅ Nothing to decide",
};

/** The report for a pull request. */
export function markdown(report: Report): string {
  const { verdict, stack } = report;
  const sections = [
    `## ${headlines[verdict.level]}`,
    `Stack ${code(stack)}${verdict.reasons.length > 0 ? `: ${verdict.reasons.map(plain).join(", ")}` : ""}.`,
    errors(report),
    accessSection(report),
    risks(report),
    dataLoss(report),
    policies(report),
    rotations(report),
    resources(report),
    consentSection(report),
    readersSection(report),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function errors({ preview }: Report): string {
  if (preview.ok) return "";
  const lines = preview.errors.map(
    ({ message, resource }) => `- ${resource === undefined ? "" : `${code(resource)}: `}${plain(message)}`,
  );
  return [
    "### Errors",
    "The preview did not come to its end, so what follows may be incomplete.",
    lines.join("\n"),
  ].join("\n\n");
}

function risks({ risks: all }: Report): string {
  if (all.length === 0) return "";
  const lines = all.map(
    ({ severity, text }) => `- ${severity === "high" ? "🔴" : "🟠"} **${severity}** ${plain(text)}`,
  );
  return `### Risks\n\n${lines.join("\n")}`;
}

function dataLoss({ dataLoss: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map(({ change, resource, type, holds, retained }) => [
    change,
    `${code(resource)} ${plain(type)}`,
    `${plain(holds)}${retained ? " (Pulumi leaves it in Azure)" : ""}`,
  ]);
  return `### Deleted or replaced, with what it holds\n\n${table(["change", "resource", "holds"], rows)}`;
}

function policies({ policies: { rules, mandatory, advisory, waived, undecided, fixed } }: Report): string {
  const lines = (results: typeof mandatory): string =>
    results
      .map(
        ({ rule, resource, message }) =>
          `- ${code(rule)}${resource ? ` on ${code(resource.name)}` : ""}: ${plain(message)}`,
      )
      .join("\n");
  const excused = waived.map(
    ({ rule, resource, until, reason, message }) =>
      `- ${code(rule)}${resource ? ` on ${code(resource.name)}` : ""} until ${plain(until)}: ${plain(reason)}. ${plain(message)}`,
  );
  const parts = [
    mandatory.length > 0 ? `**Mandatory**\n\n${lines(mandatory)}` : "",
    excused.length > 0 ? `**Waived**\n\n${excused.join("\n")}` : "",
    fixed.length > 0
      ? `**Fixed by the rule**\n\n${fixed.map(({ rule, resource }) => `- ${code(rule)} on ${code(resource)}`).join("\n")}`
      : "",
    advisory.length > 0 ? folded(`${advisory.length} advisory`, lines(advisory)) : "",
    undecided.length > 0 ? folded(`${undecided.length} not decided until values are known`, lines(undecided)) : "",
  ].filter((part) => part !== "");
  const head = `### Policies\n\n${rules} rules, ${mandatory.length} mandatory and ${advisory.length} advisory findings, ${waived.length} waived.`;
  return [head, ...parts].join("\n\n");
}

function rotations({ rotations: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map(({ date, daysLeft, state, what, resource, of }) => [
    `${state === "past" ? "🔴 " : state === "due" ? "🟠 " : ""}${plain(date.slice(0, 10))}`,
    String(daysLeft),
    plain(what),
    plain(of),
    code(resource),
  ]);
  const list = limited(table(["date", "days left", "what", "of", "told by"], rows.slice(0, MOST_ROWS)), rows.length);
  const near = all.filter(({ state }) => state !== "later").length;
  const summary = near > 0 ? `${near} past or due within 30 days` : "none due within 30 days";
  return `### Rotations\n\n${folded(`${all.length} dates, ${summary}`, list)}`;
}

function resources({ resources: { counts, changes } }: Report): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  const summary = told.map(([change, count]) => `${count} ${change}`).join(", ");
  if (changes.length === 0) return `### Resources\n\n${summary || "none"}.`;
  const rows = changes.map(({ change, name, type, properties }) => [
    change,
    code(name),
    plain(type),
    properties.map(code).join(", "),
  ]);
  const list = limited(table(["change", "resource", "type", "properties"], rows.slice(0, MOST_ROWS)), rows.length);
  return `### Resources\n\n${folded(summary, list)}`;
}

const limited = (list: string, rows: number): string =>
  rows > MOST_ROWS ? `${list}\n\n${rows - MOST_ROWS} more are in the JSON report.` : list;
