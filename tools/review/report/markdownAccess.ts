import { grouped } from "./grouped";
import type { Caused } from "./causes";
import { alike, type AlikeChanges } from "./likeness";
import { code, plain } from "./markdownText";
import type { Report } from "./schema";

const marks = { gains: "➕", loses: "➖", changes: "🔁" } as const;
const severities = { high: "🔴", medium: "🟠" } as const;
/** Names that are told of many; the JSON report has all. */
const MOST_NAMES = 12;

/** Who gains or loses what: the part that a reviewer approves. A line a change, with the risk in it and the rule that it breaks. */
export function accessSection(changes: readonly Caused[], isComplete: boolean): string {
  const head = "### Who gains or loses what access";
  const note = isComplete ? [] : ["The preview did not come to its end: there may be more."];
  if (changes.length === 0) return [head, ...note, "Nobody."].join("\n\n");
  return [head, ...note, alike(changes).map(line).join("\n")].join("\n\n");
}

function line(group: AlikeChanges): string {
  const { first, all } = group;
  const { change, risk, violations } = first;
  const text = all.length === 1 ? change.text : manyWords(group);
  const parts = [
    marks[change.direction],
    ...(risk ? [`${severities[risk.severity]} **${risk.severity} risk**`] : []),
    plain(text),
    ...(change.weight === "ordinary" || risk ? [] : [`**${change.weight}**`]),
    ...inStacks(all),
  ];
  const broken = violations.map(
    ({ rule, message }) => `\n  - ⛔ violates ${code(rule)}. ${plain(/Fix: .*$/s.exec(message)?.[0] ?? message)}`,
  );
  return `- ${parts.join(" ")}${broken.join("")}`;
}

/** "(stack `forecasting`)", in a review of an estate. */
function inStacks(all: readonly Caused[]): string[] {
  const names = [...new Set(all.flatMap(({ change }) => change.stacks ?? []))];
  return names.length === 0 ? [] : [`(${names.length === 1 ? "stack" : "stacks"} ${namesOf(names)})`];
}

/** "10 applications gain the Microsoft Graph permission User.Read.All: a, b, c …" */
function manyWords({ first, all, who, what }: AlikeChanges): string {
  const { kind, direction, before, after, holder, to } = first.change;
  const holders = new Set(all.map(({ change }) => change.holder.name));
  const verb = holders.size > 1 ? direction.replace(/s$/, "") : direction;
  const held =
    kind === "owner"
      ? `ownership of ${what}`
      : kind === "graph-permission" || kind === "app-role"
        ? `${what} (${(direction === "loses" ? before : after).join(" and ")})`
        : `${before.length > 0 && after.length > 0 ? `${before.join(", ")} → ${after.join(", ")}` : [...before, ...after].join(", ")} on ${what}`;
  const names = all.map(({ change }) =>
    holders.size === 1
      ? change.to.name
      : change.to.name === to.name && sameTarget(all)
        ? change.holder.name
        : `${change.holder.name} on ${change.to.name}`,
  );
  const told = names.slice(0, MOST_NAMES).join(", ");
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const subject = holders.size > 1 ? who : `${holder.kind} ${holder.name}`;
  return `${subject} ${verb} ${held}: ${told}${rest}`;
}

const sameTarget = (all: readonly Caused[]): boolean => new Set(all.map(({ change }) => change.to.name)).size === 1;

/** What changes, as a picture that GitHub draws. Empty where nothing changes. */
export function accessMap(changes: readonly Caused[]): string {
  const groups = alike(changes.filter(({ change }) => change.kind !== "network"));
  if (groups.length === 0) return "";
  const ids = new Map<string, string>();
  const box = (label: string): string => {
    const known = ids.get(label);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(label, id);
    return `${id}["${mermaid(label)}"]`;
  };
  const arrows = groups.slice(0, MOST_ARROWS).map(({ first, who, what }) => {
    const { direction, before, after } = first.change;
    const held = direction === "loses" && after.length === 0 ? before : after;
    const arrow = direction === "loses" ? "-.->" : "-->";
    const sign = direction === "loses" ? "−" : direction === "gains" ? "+" : "±";
    return `  ${box(who)} ${arrow}|"${mermaid(`${sign} ${isPermission(first) ? "permission" : held.join(", ")}`)}"| ${box(what)}`;
  });
  return ["```mermaid", "flowchart LR", ...arrows, "```"].join("\n");
}

const isPermission = ({ change: { kind } }: Caused): boolean => kind === "graph-permission" || kind === "app-role";

/** More arrows than this are no picture any more. */
const MOST_ARROWS = 24;

/** Text within Mermaid's quotes: its entities stand for what would end them, or be mark-up. */
const mermaid = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/["#;<>&`\\[\]{}|]/g, (mark) => `#${mark.charCodeAt(0)};`);

/** Where consent and readers stand after the change, folded. */
export function standingRows({
  access: { consent, secretReaders },
}: Report): readonly (readonly [title: string, rows: string[]])[] {
  const list = (names: readonly string[]): string => names.map(code).join(", ") || "none";
  const byConsent = grouped(
    consent,
    ({ granted, awaiting }) => `granted by the program: ${list(granted)}; an administrator decides: ${list(awaiting)}`,
  );
  const byReaders = grouped(secretReaders, ({ readers }) =>
    readers.map(({ name, kind }) => `${plain(kind)} ${code(name)}`).join(", "),
  );
  return [
    [
      "Graph permissions after this change",
      [...byConsent].map(([state, all]) => `${namesOf(all.map(({ application }) => application.name))}: ${state}`),
    ],
    [
      "Readers of secrets after this change",
      [...byReaders].map(([readers, all]) => `${namesOf(all.map(({ secret }) => secret.name))}: ${readers}`),
    ],
  ];
}

/** Some names, and how many more. */
export const namesOf = (names: readonly string[]): string =>
  `${names.slice(0, MOST_NAMES).map(code).join(", ")}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ""}`;
