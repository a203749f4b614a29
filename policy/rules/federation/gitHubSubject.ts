import { gitHubIssuer } from "../../reference/issuers";
import { applicationFederation, identityFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const pinned = /^repo:[^/:*]+\/[^/:*]+:(ref:refs\/(heads|tags)\/[^*]+|environment:[^*]+)$/;

export const federationGitHubSubject = rule({
  name: "federated-github-subject",
  on: [applicationFederation, identityFederation],
  what: "A federated credential for GitHub names a repository and a branch, tag or environment",
  why: "A subject for pull requests lets anyone who may open one sign in as the daemon.",
  fix: 'name both, for example "repo:owner/name:environment:production"',
  source: ["CKV_AZURE_249", "Azure Policy fd1a8e20-2c4f-4a6c-9354-b58d786d9a1f"],
  severity: "critical",
  level: "mandatory",
  check(credential, report) {
    if (credential.text("issuer") !== gitHubIssuer || credential.pending("subject")) return;
    const subject = credential.text("subject") ?? "";
    if (!pinned.test(subject)) report(`subject is "${subject}"`);
  },
});
