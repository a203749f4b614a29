import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultRbac = rule({
  name: "vault-rbac",
  on: vault,
  what: "A key vault takes its rights from Azure roles",
  why: "An access policy opens every secret of the vault, and no role review shows it.",
  fix: "set properties.enableRbacAuthorization to true and assign roles at the secret's scope",
  source: ["AZR-000388", "Azure Policy 12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5", "MCSB PA-7", "MCSB IM-1"],
  severity: "high",
  level: "mandatory",
  check(vault, report) {
    if (vault.flag("properties.enableRbacAuthorization") !== true)
      report("properties.enableRbacAuthorization is not true");
  },
});
