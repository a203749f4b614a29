import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultRetention = rule({
  name: "vault-retention",
  on: vault,
  what: "A key vault keeps what is deleted for 7 to 90 days",
  why: "Key Vault refuses other values, and it can't be changed once the vault is made.",
  fix: "set properties.softDeleteRetentionInDays to 90",
  source: ["AZU-0016"],
  severity: "medium",
  level: "mandatory",
  check(vault, report) {
    const days = vault.number("properties.softDeleteRetentionInDays");
    if (days === undefined) return;
    if (days < 7 || days > 90) report(`properties.softDeleteRetentionInDays is ${days}, and 7 to 90 are allowed`);
    else if (days < 90) report({ problem: `properties.softDeleteRetentionInDays is only ${days}`, level: "advisory" });
  },
});
