import { tooWide } from "../../rule/addresses";
import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { wholeNumber } from "../../rule/settings";

const settings = {
  shortestPrefix: wholeNumber(24, "The widest range that passes without a note, as a prefix length."),
};

export const vaultAddressRanges = rule({
  name: "vault-address-ranges",
  on: vault,
  what: "A key vault's firewall admits no wide address range",
  why: "A rule that admits the whole internet protects nothing.",
  fix: "name the addresses that the deployer and the daemons come from",
  setting: "vault.allowedIpRanges",
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(vault, report, { shortestPrefix }) {
    for (const entry of vault.items("properties.networkAcls.ipRules")) {
      const range = entry.pending("value") ? undefined : entry.text("value");
      const problem = range === undefined ? undefined : tooWide(range, shortestPrefix);
      if (problem === undefined) continue;
      const open = problem.endsWith("whole internet");
      report({
        problem: `properties.networkAcls.ipRules: ${problem}`,
        ...(open ? {} : { level: "advisory" as const }),
      });
    }
  },
});
