import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageBlobPublicAccess = rule({
  name: "storage-no-public-blobs",
  on: storageAccount,
  what: "A storage account allows no anonymous reading",
  why: "Otherwise one public container would publish its contents.",
  fix: "set allowBlobPublicAccess to false",
  source: ["CKV_AZURE_190", "CKV2_AZURE_47", "AZR-000198", "Azure Policy 4fa4b6c0-31ca-4c0d-b10d-24b96f62a751"],
  severity: "critical",
  level: "mandatory",
  check(account, report) {
    if (account.flag("allowBlobPublicAccess") !== false) report("allowBlobPublicAccess is not false");
  },
  remediate(inputs) {
    inputs["allowBlobPublicAccess"] = false;
  },
});
