import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const applicationSingleTenant = rule({
  name: "application-single-tenant",
  on: application,
  what: "An application is of this tenant only",
  why: "Otherwise any other organization can use it, with its redirects.",
  fix: 'leave signInAudience out, or set it to "AzureADMyOrg"',
  source: [],
  severity: "high",
  level: "mandatory",
  check(application, report) {
    const audience = application.text("signInAudience");
    if (audience !== undefined && audience !== "AzureADMyOrg") report(`signInAudience is ${audience}`);
  },
});
