import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultNameValid = rule({
  name: "vault-name",
  on: vault,
  what: "A key vault's name is one that Azure takes",
  why: "Azure refuses it only in the middle of the deployment.",
  fix: "use 3 to 24 letters, digits and single hyphens, with a letter first and no hyphen last",
  source: ["AZR-000120"],
  severity: "medium",
  level: "mandatory",
  check(vault, report) {
    if (!vault.has("vaultName") || vault.pending("vaultName")) return;
    const name = vault.text("vaultName") ?? "";
    if (!/^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name)) report(`vaultName is "${name}"`);
  },
});
