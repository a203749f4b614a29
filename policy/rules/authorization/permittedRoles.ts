import { fittingRoles, roleId, roleName } from "../../reference/azureRoles";
import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  roles: texts([...fittingRoles.keys()], "IDs of the Azure roles that may be given."),
};

export const permittedRoles = rule({
  name: "role-permitted",
  on: roleAssignment,
  what: "An Azure role that is given is on the list of those that a daemon needs",
  why: "A role outside the list usually brings more rights than intended.",
  fix: "give a role of the list, or add this one to the setting roles",
  source: ["MCSB PA-7"],
  severity: "medium",
  level: "advisory",
  settings,
  check(assignment, report, { roles }) {
    const role = roleId(assignment.text("roleDefinitionId") ?? "");
    if (!roles.some((one) => roleId(one) === role)) report(`it gives ${role === "" ? "no role" : roleName(role)}`);
  },
});
