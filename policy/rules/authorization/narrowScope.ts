import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const tooBroad = /^\/$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\//i;

export const narrowScope = rule({
  name: "role-scope-narrow",
  on: roleAssignment,
  what: "An Azure role is given on a resource group or less",
  why: "A right over a whole subscription covers what other teams put there.",
  fix: "set scope to the resource that the daemon works with",
  source: ["AZR-000205, for management groups", "MCSB PA-7"],
  severity: "high",
  level: "mandatory",
  check(assignment, report) {
    if (assignment.pending("scope")) return;
    const scope = assignment.text("scope");
    if (scope === undefined || tooBroad.test(scope)) report(`scope is ${scope ?? "not set"}`);
  },
});
