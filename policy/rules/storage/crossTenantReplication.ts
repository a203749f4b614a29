import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageCrossTenantReplication = rule({
  name: "storage-no-cross-tenant-replication",
  on: storageAccount,
  what: "A storage account is not replicated to other tenants",
  why: "It would carry the data out of the organization without a grant that anyone sees.",
  fix: "leave allowCrossTenantReplication out, or set it to false",
  source: ["Azure Policy 92a89a79-6c52-4a7e-a03f-61306fc49312"],
  severity: "high",
  level: "mandatory",
  check(account, report) {
    if (account.flag("allowCrossTenantReplication") === true) report("allowCrossTenantReplication is true");
  },
});
