import { lakeStoreAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const lakeStoreForeignIdentities = rule({
  name: "lake-store-no-foreign-identities",
  on: lakeStoreAccount,
  what: "A Data Lake Store account trusts no identity provider besides Microsoft Entra ID",
  why: "Its users appear in no review of this tenant.",
  fix: "leave trustedIdProviderState out",
  source: [],
  severity: "medium",
  level: "advisory",
  check(account, report) {
    if (account.text("trustedIdProviderState") === "Enabled") report("trustedIdProviderState is Enabled");
  },
});
