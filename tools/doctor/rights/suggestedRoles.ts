import type { AzureAction, AzureScope } from "./rightsList";

/** Azure's built-in roles that hold what a deployer needs, the narrower before the wider. */
const suggestions: readonly (readonly [role: string, kind: AzureAction["kind"], action: RegExp])[] = [
  ["Key Vault Secrets Officer", "dataAction", /^Microsoft\.KeyVault\/vaults\/secrets\//i],
  ["Key Vault Certificates Officer", "dataAction", /^Microsoft\.KeyVault\/vaults\/certificates\//i],
  ["Reader", "action", /\/read$/i],
  ["Role Based Access Control Administrator", "action", /^Microsoft\.Authorization\/roleAssignments\//i],
  ["User Access Administrator", "action", /^Microsoft\.Authorization\//i],
  ["Key Vault Contributor", "action", /^Microsoft\.KeyVault\//i],
  ["Storage Account Contributor", "action", /^Microsoft\.Storage\//i],
  ["Managed Identity Operator", "action", /^Microsoft\.ManagedIdentity\/.*\/assign\/action$/i],
  ["Managed Identity Contributor", "action", /^Microsoft\.ManagedIdentity\//i],
  ["AzureML Compute Operator", "action", /^Microsoft\.MachineLearningServices\/workspaces\/computes\//i],
  ["Private DNS Zone Contributor", "action", /^Microsoft\.Network\/privateDnsZones\//i],
  ["Network Contributor", "action", /^Microsoft\.Network\//i],
  ["Monitoring Contributor", "action", /^Microsoft\.Insights\/diagnosticSettings\//i],
  ["Log Analytics Contributor", "action", /^Microsoft\.OperationalInsights\//i],
];

/** The built-in role that has an action; Contributor where none is narrower. */
export const suggestedRole = ({ kind, action }: Pick<AzureAction, "kind" | "action">): string =>
  suggestions.find(([, ofKind, pattern]) => ofKind === kind && pattern.test(action))?.[0] ?? "Contributor";

/** The built-in roles that together have a scope's actions. */
export const suggestedRoles = ({ actions }: AzureScope): string[] => [...new Set(actions.map(suggestedRole))].sort();
