import { matches } from "../../rule/glob";
import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  plainAccounts: texts([], "Names of accounts that are meant to be no lake; `*` stands for any characters."),
};
const lakeKinds = ["storagev2", "blockblobstorage"];

export const storageHierarchicalNamespace = rule({
  name: "storage-hierarchical-namespace",
  on: storageAccount,
  what: "A data lake's storage account has a hierarchical namespace",
  why: "Without it there are no file systems, and it can't be added without a migration.",
  fix: 'set isHnsEnabled to true and kind to "StorageV2", or list the account in plainAccounts',
  source: [],
  severity: "medium",
  level: "mandatory",
  settings,
  check(account, report, { plainAccounts }) {
    if (plainAccounts.some((pattern) => matches(pattern, account.name))) return;
    if (account.flag("isHnsEnabled") !== true) report("isHnsEnabled is not true");
    else if (!lakeKinds.includes(account.lower("kind") ?? "")) report(`kind is ${account.text("kind") ?? "not set"}`);
  },
});
