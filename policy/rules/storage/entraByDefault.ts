import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageEntraByDefault = rule({
  name: "storage-entra-by-default",
  on: storageAccount,
  what: "A storage account's portal view signs in with Microsoft Entra ID",
  why: "The portal otherwise reads the account's keys first.",
  fix: "set defaultToOAuthAuthentication to true",
  source: [],
  severity: "low",
  level: "advisory",
  check(account, report) {
    if (account.flag("defaultToOAuthAuthentication") !== true) report("defaultToOAuthAuthentication is not true");
  },
});
