import { vault, vaultSecret } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const secretVaultInStack = stackRule({
  name: "secret-vault-in-stack",
  what: "A secret lies in a key vault of the same stack",
  why: "Of a vault that stands elsewhere, these rules can't say whether it is closed.",
  fix: "declare the vault in the stack, or waive this rule for the secret with a word on who keeps that vault",
  source: [],
  severity: "low",
  level: "advisory",
  check(stack) {
    const names = new Set(stack.resources(vault).map((one) => (one.pending("name") ? undefined : one.lower("name"))));
    for (const secret of stack.resources(vaultSecret)) {
      if (secret.sources("vaultName", vault).length > 0 || secret.pending("vaultName")) continue;
      if (!names.has(secret.lower("vaultName"))) secret.report("its vault is not part of this stack");
    }
  },
});
