import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const conditionVersion = rule({
  name: "role-condition-version",
  on: roleAssignment,
  what: "A role assignment's condition goes with its version",
  why: "Azure refuses the one without the other.",
  fix: 'set conditionVersion to "2.0" where there is a condition, and leave it out where there is none',
  source: [],
  severity: "low",
  level: "mandatory",
  check(assignment, report) {
    if (!assignment.has("condition")) {
      if (assignment.has("conditionVersion")) report("conditionVersion is set without a condition");
    } else if (assignment.text("conditionVersion") !== "2.0") report("conditionVersion is not 2.0");
  },
});
