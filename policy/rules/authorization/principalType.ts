import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const known = ["serviceprincipal", "user", "group", "foreigngroup", "device"];

export const principalTypeStated = rule({
  name: "role-principal-type-stated",
  on: roleAssignment,
  what: "A role assignment says what kind of principal it is for",
  why: "Azure otherwise looks up a new service principal before it has replicated, and refuses with PrincipalNotFound.",
  fix: 'set principalType to "ServicePrincipal"',
  source: [],
  severity: "medium",
  level: "mandatory",
  check(assignment, report) {
    if (assignment.pending("principalType")) return;
    const type = assignment.text("principalType");
    if (!known.includes(type?.toLowerCase() ?? "")) report(`principalType is ${type ?? "not set"}`);
  },
});
