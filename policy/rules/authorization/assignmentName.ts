import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const assignmentName = rule({
  name: "role-assignment-name",
  on: roleAssignment,
  what: "A role assignment's name is a GUID",
  why: "Azure refuses any other.",
  fix: "compute a GUID from scope, role and principal, or leave roleAssignmentName out",
  source: [],
  severity: "low",
  level: "mandatory",
  check(assignment, report) {
    if (!assignment.has("roleAssignmentName") || assignment.pending("roleAssignmentName")) return;
    const name = assignment.text("roleAssignmentName") ?? "";
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) report(`roleAssignmentName is "${name}"`);
  },
});
