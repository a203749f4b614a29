import { lakeStoreAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { flag } from "../../rule/settings";

const settings = { legacy: flag(false, "Whether this estate still has such accounts; the rule then only advises.") };

export const lakeStoreRetired = rule({
  name: "lake-store-retired",
  on: lakeStoreAccount,
  what: "No new Data Lake Store (Gen1) account is made",
  why: "Microsoft retired the service on 29 February 2024.",
  fix: "use a storage account with a hierarchical namespace (Gen2), or set legacy to true for an existing estate",
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(_account, report, { legacy }) {
    report({ problem: "it is a Data Lake Store (Gen1) account", ...(legacy ? { level: "advisory" as const } : {}) });
  },
});
