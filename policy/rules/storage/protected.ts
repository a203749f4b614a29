import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageProtected = rule({
  name: "storage-protected",
  on: storageAccount,
  what: "A storage account is protected from deletion by the program",
  why: "A change of name or location would otherwise replace it, and the data with it.",
  fix: "set the resource option protect to true",
  setting: "lake.protect",
  source: [],
  severity: "low",
  level: "advisory",
  check(account, report) {
    if (!account.opts.protect) report("the resource option protect is not set");
  },
});
