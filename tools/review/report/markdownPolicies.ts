import { grouped } from "./grouped";
import { namesOf } from "./markdownAccess";
import { code, plain } from "./markdownText";
import type { Report } from "./schema";

type Finding = Report["policies"]["mandatory"][number];

/** Findings by rule and fix: what must hold, the fix, and the resources with what is wrong there. */
export function findingsByRule(findings: readonly Finding[], mark: string): string {
  const split = findings.map((finding) => {
    const [, problem = finding.message, fix = ""] = /^(.*?)\.? Fix: (.*)$/s.exec(finding.message) ?? [];
    return { ...finding, problem, fix };
  });
  return [...grouped(split, ({ rule, fix }) => `${rule} ${fix}`).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const fix = first.fix === "" ? "" : ` Fix: ${plain(first.fix)}`;
      const problems = [...grouped(group, ({ problem }) => problem)].map(([problem, all]) => {
        const names = all.flatMap(({ resource }) => (resource ? [resource.name] : []));
        return `  - ${names.length > 0 ? `${namesOf(names)}: ` : ""}${plain(problem)}`;
      });
      return [`- ${mark}${code(first.rule)} ${plain(first.title)}.${fix}`, ...problems];
    })
    .join("\n");
}

/** Findings that a waiver lets stay, a line each group. */
export const waivedLines = (waived: Report["policies"]["waived"]): string =>
  [...grouped(waived, ({ rule, until, reason }) => JSON.stringify([rule, until, reason])).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const names = group.flatMap(({ resource }) => (resource ? [resource.name] : []));
      return [`- ${code(first.rule)} on ${namesOf(names)} until ${plain(first.until)}: ${plain(first.reason)}`];
    })
    .join("\n");
