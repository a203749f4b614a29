import { storageAccount } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const accepted = ["TLS1_2", "TLS1_3"];

export const storageTlsVersion = rule({
  name: "storage-tls-version",
  on: storageAccount,
  what: "A storage account requires TLS 1.2 or later",
  why: "Where nothing is set, Azure takes TLS 1.0, which is broken.",
  fix: 'set minimumTlsVersion to "TLS1_2"',
  source: [
    "CKV_AZURE_44",
    "AZU-0011",
    "AZR-000200",
    "KICS 8263f146-5e03-43e0-9cfe-db960d56d1e7",
    "Azure Policy fe83a0eb-a853-422d-aac2-1bffd182c5d0",
  ],
  severity: "critical",
  level: "mandatory",
  check(account, report) {
    const version = account.text("minimumTlsVersion");
    if (version === undefined || !accepted.includes(version)) report(`minimumTlsVersion is ${version ?? "not set"}`);
  },
  remediate(inputs) {
    if (!accepted.includes(String(inputs["minimumTlsVersion"]))) inputs["minimumTlsVersion"] = "TLS1_2";
  },
});
