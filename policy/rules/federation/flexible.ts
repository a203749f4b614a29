import { flexibleFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const federationFlexible = rule({
  name: "federated-not-flexible",
  on: flexibleFederation,
  what: "A federated credential matches a subject exactly, not by a pattern",
  why: "A pattern grows with the repositories and branches that others make.",
  fix: "use an ApplicationFederatedIdentityCredential for each subject",
  source: ["CKV_AZURE_249, by analogy"],
  severity: "high",
  level: "mandatory",
  check(_credential, report) {
    report("it matches subjects by an expression");
  },
});
