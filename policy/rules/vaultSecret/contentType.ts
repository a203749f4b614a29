import { vaultSecret } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const secretContentType = rule({
  name: "secret-content-type",
  on: vaultSecret,
  what: "A secret in a key vault says what it is",
  why: "Readers and rotation tools go by the content type.",
  fix: 'set properties.contentType, for example "application/json"',
  source: [
    "CKV_AZURE_114",
    "AZU-0015",
    "KICS f8e08a38-fc6e-4915-abbe-a7aadf1d59ef",
    "Azure Policy 75262d3e-ba4a-4f43-85f8-9f72c090e5e3",
  ],
  severity: "low",
  level: "mandatory",
  check(secret, report) {
    if (secret.pending("properties.contentType")) return;
    if ((secret.text("properties.contentType") ?? "").trim() === "") report("properties.contentType is not set");
  },
});
