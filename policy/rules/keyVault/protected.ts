import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultProtected = rule({
  name: "vault-protected",
  on: vault,
  what: "A key vault is protected from deletion by the program",
  why: "A change of name or location would otherwise replace it, with all that depends on it.",
  fix: "set the resource option protect to true",
  setting: "vault.protect",
  source: [],
  severity: "low",
  level: "advisory",
  check(vault, report) {
    if (!vault.opts.protect) report("the resource option protect is not set");
  },
});
