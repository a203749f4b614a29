import type { PolicyEvent } from "@pulumi/pulumi/automation";
import { createColors } from "picocolors";
import type { Console } from "../../../local/output/console";
import { reportViolations } from "../../../local/output/violationReport";
import { violationIn } from "../../../local/output/violations";

const event = (message: string, fields: Partial<PolicyEvent> = {}): PolicyEvent => ({
  message,
  policyName: "vault-rbac",
  enforcementLevel: "mandatory",
  color: "raw",
  policyPackName: "pack",
  policyPackVersion: "1",
  policyPackVersionTag: "1",
  resourceUrn: "urn:pulumi:dev::p::p:index:Vault$azure-native:keyvault:Vault::vault",
  ...fields,
});

it("tells a finding's rule, resource, reason and fix apart", () => {
  const message = "<{%fg 1%}>A vault takes roles\nthe flag is not true. Fix: set it to true.<{%reset%}>\n";
  expect(violationIn(event(message))).toEqual({
    rule: "vault-rbac",
    level: "mandatory",
    what: "A vault takes roles",
    reason: "the flag is not true",
    fix: "set it to true.",
    type: "azure-native.keyvault.Vault",
    name: "vault",
  });
});

it("tells until when a finding is waived", () => {
  const message =
    "A vault takes roles\nWaived until 2030-01-31: moves (ends in 5 days). the flag is not true. Fix: set it.";
  expect(violationIn(event(message, { enforcementLevel: "warning" }))).toMatchObject({
    level: "advisory",
    waivedUntil: "2030-01-31",
    reason: "Waived until 2030-01-31: moves (ends in 5 days). the flag is not true",
  });
});

it("prints what is waived, and counts what is only advised", () => {
  const lines: string[] = [];
  const console = { colors: createColors(false), width: 200, line: (text: string) => lines.push(text) };
  const advised = violationIn(event("A\nb. Fix: c.", { enforcementLevel: "warning" }));
  reportViolations(console as unknown as Console, [{ ...advised, waivedUntil: "2030-01-31" }, advised], {
    listPolicies: false,
  });
  expect(lines).toEqual([
    "waived: vault-rbac, azure-native.keyvault.Vault vault",
    "  rule    A.",
    "  reason  b",
    "  fix     c.",
    "1 policy advisory of 1 rule; --policies lists them.",
  ]);
});

it.each([
  [true, "set vault.diagnostics."],
  [false, "add a DiagnosticSetting. In a stack of azure-daemon-access: vault.diagnostics."],
])("names the setting alone where settings are what the reader writes: %s", (inSettings, fix) => {
  const lines: string[] = [];
  const console = { colors: createColors(false), width: 200, line: (text: string) => lines.push(text) };
  const both = "add a DiagnosticSetting. In a stack of azure-daemon-access: vault.diagnostics.";
  const found = violationIn(event(`A\nb. Fix: ${both}`, { enforcementLevel: "warning" }));
  reportViolations(console as unknown as Console, [found], { listPolicies: true, inSettings });
  expect(lines).toContain(`  fix     ${fix}`);
});

it("names no resource for a finding about the stack", () => {
  const stack = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";
  expect(violationIn(event("All is one\nit is two", { resourceUrn: stack, enforcementLevel: "warning" }))).toEqual({
    rule: "vault-rbac",
    level: "advisory",
    what: "All is one",
    reason: "it is two",
  });
});

it("gives another pack's single sentence as the reason", () => {
  expect(violationIn(event("not like this")).reason).toBe("not like this");
});
