import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const applicationNotPublicClient = rule({
  name: "application-not-public-client",
  on: application,
  what: "A daemon's application is no public client",
  why: "A public client gets tokens without proving who it is.",
  fix: "leave fallbackPublicClientEnabled out",
  source: [],
  severity: "high",
  level: "mandatory",
  check(application, report) {
    if (application.flag("fallbackPublicClientEnabled") === true) report("fallbackPublicClientEnabled is true");
  },
});
