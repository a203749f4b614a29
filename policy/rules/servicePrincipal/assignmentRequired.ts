import { servicePrincipal } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const servicePrincipalAssignmentRequired = rule({
  name: "service-principal-assignment-required",
  on: servicePrincipal,
  what: "Nobody signs in to a daemon who was not assigned to it",
  why: "By default every user of the tenant may.",
  fix: "set appRoleAssignmentRequired to true",
  source: [],
  severity: "low",
  level: "advisory",
  check(principal, report) {
    if (principal.flag("useExisting") === true) return;
    if (principal.flag("appRoleAssignmentRequired") !== true) report("appRoleAssignmentRequired is not true");
  },
});
