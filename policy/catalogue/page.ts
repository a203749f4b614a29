import { chapters } from "../rules";
import type { Rule } from "../rule/rule";

/** RULES.md: the rules by chapter, as they describe themselves. */
export function rulesPage(): string {
  const all = Object.values(chapters).flat();
  const mandatory = all.filter(({ text }) => text.level === "mandatory").length;
  const parts = [
    "# Rules",
    "Made from the rules themselves by `npm run rules -w azure-daemon-access-policy`; do not edit it by hand.",
    `${all.length} rules: ${mandatory} mandatory, ${all.length - mandatory} advisory. A team sets a rule's level, its settings and its waivers in the pack's configuration, under the rule's name.`,
    "The MS.AAD rules are those of CISA's SCuBA baseline for Entra ID as ScubaGear checks them, looked up on 2026-11-29: MS.AAD.5.5v1 blocks passwords of applications, MS.AAD.5.6v1 allows them 180 days, MS.AAD.5.7v1 allows certificates 365 days.",
    "The MCSB controls are those of the Microsoft cloud security benchmark, version 1. Each was checked on 2026-11-29 by its title in the benchmark: AM-1 keeps track of what there is, DP-3 encrypts in transit, DP-7 manages certificates, IM-1 signs in by one identity system, IM-3 gives applications identities that are managed, IM-8 keeps secrets from being exposed, LT-3 keeps logs to look into, NS-2 puts networks around services, PA-1 limits privileged accounts, PA-7 gives no more than is needed.",
    "The IDs of Azure Policy, PSRule (AZR), Trivy (AZU), Checkov (CKV), KICS and cdk-nag were taken from their sources when the rules were written, and were not checked again since. No rule cites a CIS benchmark.",
    ...Object.entries(chapters).flatMap(([chapter, rules]) => [`## ${chapter}`, ...rules.map(section)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section({ text, types, settings, fixes }: Rule): string {
  const about = [
    `- Level: ${text.level}, severity: ${text.severity}`,
    `- Looks at: ${types.length === 0 ? "the whole stack" : types.map(code).join(", ")}`,
    `- Fix: ${text.fix}${fixes ? " (the pack does it where the level is `remediate`)" : ""}`,
    ...(text.setting === undefined ? [] : [`- Setting of a stack of azure-daemon-access: ${code(text.setting)}`]),
    `- Follows: ${text.source.length === 0 ? "this pack's own judgement" : text.source.join(", ")}`,
    ...Object.entries(settings).map(
      ([name, { schema }]) => `- Setting ${code(name)}: ${schema.description}${fallback(schema.default)}`,
    ),
  ];
  return `### ${code(text.name)}\n\n${text.what}. ${text.why}\n\n${about.join("\n")}`;
}

const code = (text: string): string => `\`${text}\``;

function fallback(value: unknown): string {
  const empty = value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
  return empty ? "" : ` Default: ${code(JSON.stringify(value))}.`;
}
