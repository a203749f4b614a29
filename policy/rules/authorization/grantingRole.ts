import { grantingRoles, roleId, roleName } from "../../reference/azureRoles";
import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { flag } from "../../rule/settings";

const settings = {
  conditioned: flag(
    true,
    "Whether Role Based Access Control Administrator passes where the assignment has a condition.",
  ),
};
const granting: readonly string[] = Object.values(grantingRoles);

export const noGrantingRole = rule({
  name: "role-hands-out-no-rights",
  on: roleAssignment,
  what: "No Azure role is given that hands out rights itself",
  why: "Owner, User Access Administrator and Role Based Access Control Administrator give their holder any other role.",
  fix: "give the role that the work needs; only Role Based Access Control Administrator may stay, with a condition",
  source: ["azure-tiering tier 0"],
  severity: "critical",
  level: "mandatory",
  settings,
  check(assignment, report, { conditioned }) {
    const role = roleId(assignment.text("roleDefinitionId") ?? "");
    if (!granting.includes(role)) return;
    if (conditioned && role === grantingRoles.rbacAdministrator && assignment.has("condition")) return;
    report(`it gives ${roleName(role)}`);
  },
});
