import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultSoftDelete = rule({
  name: "vault-soft-delete",
  on: vault,
  what: "A key vault's soft delete is not switched off",
  why: "A vault that is deleted by mistake can then be brought back with its credentials.",
  fix: "leave properties.enableSoftDelete out, or set it to true",
  source: ["CKV_AZURE_111", "AZR-000124", "Azure Policy 1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d"],
  severity: "high",
  level: "mandatory",
  check(vault, report) {
    if (vault.flag("properties.enableSoftDelete") === false) report("properties.enableSoftDelete is false");
  },
});
