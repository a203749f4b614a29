import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageSharedKey = rule({
  name: "storage-no-shared-key",
  on: storageAccount,
  what: "A storage account has its shared keys switched off",
  why: "A key gives full access to anyone who holds it, and no log says who used it.",
  fix: "set allowSharedKeyAccess to false and use roles",
  source: [
    "CKV2_AZURE_40",
    "KICS 45f3e879-f8a7-4102-a3fa-46da5a849870",
    "Azure Policy 8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",
    "MCSB IM-1",
  ],
  severity: "high",
  level: "mandatory",
  check(account, report) {
    if (account.flag("allowSharedKeyAccess") !== false) report("allowSharedKeyAccess is not false");
  },
});
