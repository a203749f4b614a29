import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const applicationDuplicateNames = rule({
  name: "application-prevents-duplicate-names",
  on: application,
  what: "An application is not made beside another of its name",
  why: "Two of one name are confused in reviews, and one day the wrong one is deleted.",
  fix: "set preventDuplicateNames to true",
  source: [],
  severity: "low",
  level: "advisory",
  check(application, report) {
    if (application.flag("preventDuplicateNames") !== true) report("preventDuplicateNames is not true");
  },
});
