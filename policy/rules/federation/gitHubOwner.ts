import { gitHubIssuer } from "../../reference/issuers";
import { applicationFederation, identityFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = { owners: texts([], "GitHub organizations whose repositories may sign in. Default: any.") };

export const federationGitHubOwner = rule({
  name: "federated-github-owner",
  on: [applicationFederation, identityFederation],
  what: "A federated credential trusts repositories of your own organizations only",
  why: "A typing mistake in an owner's name trusts a stranger.",
  fix: "name a repository of a listed organization, or add the organization to the setting owners",
  source: ["Azure Policy fd1a8e20-2c4f-4a6c-9354-b58d786d9a1f"],
  severity: "high",
  level: "mandatory",
  settings,
  check(credential, report, { owners }) {
    if (owners.length === 0 || credential.text("issuer") !== gitHubIssuer || credential.pending("subject")) return;
    const owner = /^repo:([^/:]+)\//.exec(credential.text("subject") ?? "")?.[1] ?? "";
    if (!owners.some((one) => one.toLowerCase() === owner.toLowerCase())) report(`the subject's owner is "${owner}"`);
  },
});
