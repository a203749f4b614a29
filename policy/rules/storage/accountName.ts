import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageAccountName = rule({
  name: "storage-account-name",
  on: storageAccount,
  what: "A storage account's name is one that Azure takes",
  why: "Azure refuses it only in the middle of the deployment.",
  fix: "use 3 to 24 lowercase letters and digits",
  source: ["CKV_AZURE_43", "AZR-000201"],
  severity: "medium",
  level: "mandatory",
  check(account, report) {
    if (!account.has("accountName") || account.pending("accountName")) return;
    const name = account.text("accountName") ?? "";
    if (!/^[a-z0-9]{3,24}$/.test(name)) report(`accountName is "${name}"`);
  },
});
