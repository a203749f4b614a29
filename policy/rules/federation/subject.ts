import { applicationFederation, identityFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const claimsOfAnyone = ["workflow", "environment", "ref", "context", "head_ref", "base_ref"];

export const federationSubject = rule({
  name: "federated-subject-exact",
  on: [applicationFederation, identityFederation],
  what: "A federated credential's subject names one workload",
  why: "A wildcard, or a claim that outsiders choose, lets their workloads sign in as the daemon.",
  fix: "name the whole subject that the platform puts into the token",
  source: ["CKV_AZURE_249"],
  severity: "critical",
  level: "mandatory",
  check(credential, report) {
    if (credential.pending("subject")) return;
    const subject = credential.text("subject") ?? "";
    const first = subject.split(":")[0] ?? "";
    if (subject.trim() === "") report("subject is not set");
    else if (/[*?]/.test(subject)) report(`subject is "${subject}", which has a wildcard`);
    else if (subject.includes(":") && claimsOfAnyone.includes(first))
      report(`subject is "${subject}", which any repository can claim`);
    else if (/^system:serviceaccount:default:/.test(subject))
      report(`subject is "${subject}", the namespace that every workload of a cluster falls into`);
  },
});
