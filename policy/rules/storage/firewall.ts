import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageFirewall = rule({
  name: "storage-firewall",
  on: storageAccount,
  what: "A storage account refuses networks that it does not name",
  why: "A leaked token is then useless from any other network.",
  fix: 'set networkRuleSet.defaultAction to "Deny" and name the networks, or set publicNetworkAccess to "Disabled"',
  source: [
    "CKV_AZURE_35",
    "AZU-0012",
    "AZR-000202",
    "KICS d855ced8-6157-448f-9f1d-f05a41d046f7",
    "KICS 9073f073-5d60-4b46-b569-0d6baa80ed95",
    "Azure Policy 34c877ad-507e-4c82-993e-3452a6e0ad3c",
  ],
  severity: "critical",
  level: "mandatory",
  check(account, report) {
    if (account.lower("publicNetworkAccess") === "disabled") return;
    if (account.lower("networkRuleSet.defaultAction") === "deny") return;
    report("networkRuleSet.defaultAction is not Deny, and public network access is on");
  },
});
