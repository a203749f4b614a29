import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultCreateMode = rule({
  name: "vault-create-mode",
  on: vault,
  what: "A key vault's createMode is not left at recover",
  why: "It is for one run that brings a deleted vault back; in later runs it hides a mistyped name.",
  fix: "take properties.createMode out once the vault is back",
  source: [],
  severity: "low",
  level: "advisory",
  check(vault, report) {
    if (vault.lower("properties.createMode") === "recover") report("properties.createMode is recover");
  },
});
