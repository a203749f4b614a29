import { lakeStoreAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const lakeStoreEncryption = rule({
  name: "lake-store-encrypted",
  on: lakeStoreAccount,
  what: "A Data Lake Store account is encrypted",
  why: "Encryption can only be chosen when the account is created.",
  fix: 'set encryptionState to "Enabled"',
  source: ["CKV_AZURE_105", "AZU-0036", "Azure Policy a7ff3161-0087-490a-9ad9-ad6217f4f43a"],
  severity: "high",
  level: "mandatory",
  check(account, report) {
    if (account.text("encryptionState") !== "Enabled") report("encryptionState is not Enabled");
  },
});
