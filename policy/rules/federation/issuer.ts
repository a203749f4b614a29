import { wellKnownIssuers } from "../../reference/issuers";
import { matches } from "../../rule/glob";
import { applicationFederation, flexibleFederation, identityFederation } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  issuers: texts(wellKnownIssuers, "Issuers that may be trusted; `*` stands for any characters."),
};

export const federationIssuer = rule({
  name: "federated-issuer",
  on: [applicationFederation, flexibleFederation, identityFederation],
  what: "A federated credential trusts an issuer that is on the list",
  why: "Anyone who runs the issuer can sign in as the daemon.",
  fix: "name an issuer of the list, or add this one to the setting issuers",
  source: ["Azure Policy 2571b7c3-3056-4a61-b00a-9bc5232234f5", "Azure Policy ae62c456-33de-4dc8-b100-7ce9028a7d99"],
  severity: "critical",
  level: "mandatory",
  settings,
  check(credential, report, { issuers }) {
    const issuer = credential.text("issuer") ?? "";
    const trusted = issuers.some((pattern) => matches(pattern, issuer.replace(/\/$/, "")) || matches(pattern, issuer));
    if (!issuer.startsWith("https://") || !trusted) report(`issuer is "${issuer}"`);
  },
});
