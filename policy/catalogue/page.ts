import { chapters } from "../rules";
import type { Rule } from "../rule/rule";

/** The families of sources, with the state of each that the rules' citations were compared with. */
const checked = [
  "the built-in definitions of Azure Policy, in Azure/azure-policy of 2026-04-29",
  "Checkov (CKV), in bridgecrewio/checkov of 2026-08-20",
  "Trivy (AZU), in aquasecurity/trivy-checks of 2026-08-21",
  "KICS, by the queries' metadata and KICS's list of queries, not at one commit",
  "PSRule for Azure (AZR), by its reference and its rules, not at one commit",
  "SCuBA's list of risky permissions, in cisagov/ScubaGear of 2026-08-20",
  "azure-tiering, in emiliensocchi/azure-tiering of 2026-08-21",
  "cdk-nag, by the rules' names only",
  "the issues of azure-workload-identity, by their titles",
];

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
    `The other sources were checked on 2026-11-29, each citation by its ID or name and by its title: ${checked.join("; ")}.`,
    'Not checked: the contents of cdk-nag\'s rules, and PSRule and KICS as they are in their newest releases. Where a source was found to fit a rule only partly, the rule says "in part", "by analogy" or "for" what. No rule cites a CIS benchmark.',
    "Of the Azure and Microsoft Entra roles in azure-tiering's tier 0, the rules list a part; the role Directory Synchronization Accounts, which they list too, is in its tier 1. The permissions that the rules call able to take over the tenant are those in azure-tiering's tier 0 and, by name, those that SCuBA rates critical. Of the others that need a reason, SCuBA rates Application.Read.All as medium and does not list Policy.ReadWrite.ApplicationConfiguration.",
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
    `- Follows: ${text.source.length === 0 ? "this pack's own judgement" : text.source.join("; ")}`,
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
