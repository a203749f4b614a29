import { exchangeAudience } from "../../reference/issuers";
import { applicationFederation, identityFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = { audience: texts([exchangeAudience], "Audiences that pass; sovereign clouds have others.") };

export const federationAudience = rule({
  name: "federated-audience",
  on: [applicationFederation, identityFederation],
  what: "A federated credential takes tokens that were made for Microsoft Entra ID",
  why: "A token made for another service could otherwise be used here by that service.",
  fix: `set audiences to ["${exchangeAudience}"]`,
  source: [],
  severity: "high",
  level: "mandatory",
  settings,
  check(credential, report, { audience }) {
    const given = credential.texts("audiences");
    if (given.length !== 1 || !audience.includes(given[0] ?? "")) report(`audiences is [${given.join(", ")}]`);
  },
});
