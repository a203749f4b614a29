import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageTrustedServices = rule({
  name: "storage-trusted-services",
  on: storageAccount,
  what: "A storage account behind a firewall lets Azure's trusted services through",
  why: "Logging, backup and Azure Machine Learning reach it that way.",
  fix: 'set networkRuleSet.bypass to "AzureServices"',
  source: [
    "CKV_AZURE_36",
    "AZU-0010",
    "KICS e25b56cd-a4d6-498f-ab92-e6296a082097",
    "Azure Policy c9d007d0-c057-4772-b18c-01e546713bcd",
  ],
  severity: "low",
  level: "advisory",
  check(account, report) {
    if (account.lower("networkRuleSet.defaultAction") !== "deny") return;
    const bypass = account.text("networkRuleSet.bypass");
    if (bypass !== undefined && !bypass.includes("AzureServices")) report(`networkRuleSet.bypass is ${bypass}`);
  },
});
