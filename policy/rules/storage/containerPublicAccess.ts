import { blobContainer } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const containerPublicAccess = rule({
  name: "container-not-public",
  on: blobContainer,
  what: "A blob container is not public",
  why: "Anyone who guesses its address can read its contents.",
  fix: "leave publicAccess out",
  source: ["CKV_AZURE_34", "AZU-0007", "AZR-000199", "KICS a0ab985d-660b-41f7-ac81-70957ee8e627"],
  severity: "critical",
  level: "mandatory",
  check(container, report) {
    const access = container.text("publicAccess") ?? "None";
    if (access !== "None") report(`publicAccess is ${access}`);
  },
  remediate(inputs) {
    if (inputs["publicAccess"] !== undefined) inputs["publicAccess"] = "None";
  },
});
