import { lakeStoreAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const lakeStoreFirewall = rule({
  name: "lake-store-firewall",
  on: lakeStoreAccount,
  what: "A Data Lake Store account refuses networks that it does not name",
  why: "Its exception for Azure's own addresses also allows any customer's virtual machine.",
  fix: 'set firewallState to "Enabled", leave firewallAllowAzureIps out, and name the addresses in firewallRules',
  source: ["MCSB NS-2"],
  severity: "high",
  level: "mandatory",
  check(account, report) {
    if (account.text("firewallState") !== "Enabled") report("firewallState is not Enabled");
    if (account.text("firewallAllowAzureIps") === "Enabled") report("firewallAllowAzureIps is Enabled");
    for (const entry of account.items("firewallRules"))
      if (entry.text("startIpAddress") === "0.0.0.0" && entry.text("endIpAddress") === "255.255.255.255")
        report("a rule in firewallRules admits the whole internet");
  },
});
