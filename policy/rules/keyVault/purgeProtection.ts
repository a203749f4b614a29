import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultPurgeProtection = rule({
  name: "vault-purge-protection",
  on: vault,
  what: "A key vault has purge protection",
  why: "Without it, anyone who may delete the vault can permanently destroy every credential in it.",
  fix: "set properties.enablePurgeProtection to true",
  source: [
    "CKV_AZURE_110",
    "CKV_AZURE_42",
    "AZU-0016",
    "AZR-000125",
    "Azure Policy 0b60c0b2-2dc2-4e1c-b5c9-abbed971de53",
    "KICS 7c25f361-7c66-44bf-9b69-022acd5eb4bd",
  ],
  severity: "high",
  level: "mandatory",
  check(vault, report) {
    if (vault.flag("properties.enablePurgeProtection") !== true) report("properties.enablePurgeProtection is not true");
  },
});
