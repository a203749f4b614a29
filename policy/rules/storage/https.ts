import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageHttps = rule({
  name: "storage-https-only",
  on: storageAccount,
  what: "A storage account takes encrypted connections only",
  why: "Tokens and data would otherwise cross the network in the clear.",
  fix: "leave enableHttpsTrafficOnly out, or set it to true",
  source: [
    "CKV_AZURE_3",
    "AZU-0008",
    "AZR-000196",
    "KICS 1367dd13-2c90-4020-80b7-e4339a3dc2c4",
    "KICS cb8e4bf0-903d-45c6-a278-9a947d82a27b",
    "Azure Policy 404c3081-a854-4457-ae30-26a93ef643f9",
    "MCSB DP-3",
  ],
  severity: "high",
  level: "mandatory",
  check(account, report) {
    if (account.flag("enableHttpsTrafficOnly") === false) report("enableHttpsTrafficOnly is false");
  },
  remediate(inputs) {
    inputs["enableHttpsTrafficOnly"] = true;
  },
});
