import { tooWide } from "../../rule/addresses";
import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { wholeNumber } from "../../rule/settings";

const settings = {
  shortestPrefix: wholeNumber(24, "The widest range that passes without a note, as a prefix length."),
};

export const storageAddressRanges = rule({
  name: "storage-address-ranges",
  on: storageAccount,
  what: "A storage account's firewall admits no wide address range",
  why: "A rule that admits the whole internet protects nothing.",
  fix: "name the addresses that the daemons come from",
  setting: "lake.allowedIpRanges",
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(account, report, { shortestPrefix }) {
    for (const entry of account.items("networkRuleSet.ipRules")) {
      const range = entry.pending("iPAddressOrRange") ? undefined : entry.text("iPAddressOrRange");
      const problem = range === undefined ? undefined : tooWide(range, shortestPrefix);
      if (problem === undefined) continue;
      const open = problem.endsWith("whole internet");
      report({ problem: `networkRuleSet.ipRules: ${problem}`, ...(open ? {} : { level: "advisory" as const }) });
    }
  },
});
