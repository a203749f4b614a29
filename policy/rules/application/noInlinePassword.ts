import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const applicationNoInlinePassword = rule({
  name: "application-no-inline-password",
  on: application,
  what: "An application has no password written into it",
  why: "It can't be rotated with an overlap, and the rules on secrets do not see it.",
  fix: "use an ApplicationPassword with an endDate",
  source: [],
  severity: "high",
  level: "mandatory",
  check(application, report) {
    if (application.has("password")) report("password is set");
  },
});
