import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const flags = ["accessTokenIssuanceEnabled", "idTokenIssuanceEnabled"];

export const applicationNoImplicitGrant = rule({
  name: "application-no-implicit-grant",
  on: application,
  what: "An application gets no tokens by implicit grant",
  why: "They pass through a browser's address bar and its history; a daemon has no browser.",
  fix: "leave web.implicitGrant out",
  source: [],
  severity: "high",
  level: "mandatory",
  check(application, report) {
    for (const flag of flags)
      if (application.flag(`web.implicitGrant.${flag}`) === true) report(`web.implicitGrant.${flag} is true`);
  },
});
