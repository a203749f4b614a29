import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultFirewall = rule({
  name: "vault-firewall",
  on: vault,
  what: "A key vault refuses networks that it does not name",
  why: "A leaked token is then useless from any other network.",
  fix: 'set properties.networkAcls.defaultAction to "Deny" and name the networks, or set properties.publicNetworkAccess to "disabled"',
  source: [
    "CKV_AZURE_109",
    "CKV_AZURE_189",
    "AZU-0013",
    "AZR-000355",
    "Azure Policy 55615ac9-af46-4a59-874e-391cc3dfb490",
    "MCSB NS-2",
  ],
  severity: "critical",
  level: "mandatory",
  check(vault, report) {
    if (vault.lower("properties.publicNetworkAccess") === "disabled") return;
    if (vault.lower("properties.networkAcls.defaultAction") === "deny") return;
    report("properties.networkAcls.defaultAction is not Deny, and public network access is on");
  },
});
