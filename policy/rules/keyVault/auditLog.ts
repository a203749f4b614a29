import { diagnosticSetting, vault } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const vaultAuditLog = stackRule({
  name: "vault-audit-log",
  what: "A key vault's audit log is kept",
  why: "Otherwise nobody can say who read a credential, and when.",
  fix: "add a monitor.DiagnosticSetting on the vault with the category AuditEvent",
  setting: "vault.diagnostics",
  source: ["AZR-000119", "Azure Policy cf820ca0-f99e-4f3e-84fb-66e913812d21", "MCSB LT-3"],
  severity: "medium",
  level: "advisory",
  check(stack) {
    const settings = stack.resources(diagnosticSetting);
    const logged = new Set(settings.flatMap((setting) => setting.origins(vault)).map(({ urn }) => urn));
    for (const one of stack.resources(vault))
      if (!logged.has(one.urn)) one.report("no diagnostic setting keeps its audit log");
  },
});
