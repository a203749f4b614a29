import { diagnosticSetting, storageAccount } from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const storageAccessLog = stackRule({
  name: "storage-access-log",
  what: "Reading and writing in a storage account is logged",
  why: "Otherwise nobody can say who read the data, and when.",
  fix: "add a monitor.DiagnosticSetting on the account's blobServices/default",
  setting: "lake.diagnostics",
  source: [
    "AZU-0057",
    "CKV2_AZURE_21",
    "KICS 43f6e60c-9cdb-4e77-864d-a66595d26518",
    "Azure Policy 59759c62-9a22-4cdf-ae64-074495983fef",
  ],
  severity: "medium",
  level: "advisory",
  check(stack) {
    const settings = stack.resources(diagnosticSetting);
    const logged = new Set(settings.flatMap((setting) => setting.origins(storageAccount)).map(({ urn }) => urn));
    for (const account of stack.resources(storageAccount))
      if (!logged.has(account.urn)) account.report("no diagnostic setting logs who reads and writes");
  },
});
