import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  redundancies: texts(["ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"], "The kinds of redundancy that pass."),
};

export const storageReplication = rule({
  name: "storage-replication",
  on: storageAccount,
  what: "A storage account survives the loss of a datacenter",
  why: "With locally redundant storage, the loss of one datacenter can destroy the data.",
  fix: 'set sku.name to one with more, for example "Standard_ZRS"',
  setting: "lake.sku",
  source: ["CKV_AZURE_206", "AZU-0058", "AZR-000195", "Azure Policy bf045164-79ba-4215-8f95-f8048dc1780b"],
  severity: "low",
  level: "advisory",
  settings,
  check(account, report, { redundancies }) {
    const sku = account.text("sku.name") ?? "";
    if (!redundancies.includes(sku.split("_").pop() ?? "")) report(`sku.name is ${sku === "" ? "not set" : sku}`);
  },
});
