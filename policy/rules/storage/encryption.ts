import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const storageEncryption = rule({
  name: "storage-encryption",
  on: storageAccount,
  what: "A storage account is encrypted twice, or with a customer-managed key",
  why: "Some data must stay protected even if one of Azure's own keys is compromised.",
  fix: 'set encryption.requireInfrastructureEncryption to true, or encryption.keySource to "Microsoft.Keyvault"',
  setting: "lake.infrastructureEncryption",
  source: [
    "AZU-0061",
    "AZU-0060",
    "CKV2_AZURE_1",
    "Azure Policy 4733ea7b-a883-42fe-8cac-97454c2a9e4a",
    "Azure Policy 6fac406b-40ca-413b-bf8e-0bf964659c25",
  ],
  severity: "low",
  level: "advisory",
  check(account, report) {
    if (account.flag("encryption.requireInfrastructureEncryption") === true) return;
    if (account.lower("encryption.keySource") === "microsoft.keyvault") return;
    report("encryption has neither requireInfrastructureEncryption nor a customer-managed key");
  },
});
