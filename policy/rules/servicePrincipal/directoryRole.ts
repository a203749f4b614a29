import { privilegedDirectoryRoles } from "../../reference/directoryRoles";
import { directoryRoleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const noPrivilegedDirectoryRole = rule({
  name: "directory-role-not-privileged",
  on: directoryRoleAssignment,
  what: "No daemon gets a Microsoft Entra role that can take over the tenant",
  why: "Its secret would be worth as much as a global administrator's.",
  fix: "grant the Microsoft Graph permission that the work needs instead",
  source: ["azure-tiering tier 0, in part"],
  severity: "critical",
  level: "mandatory",
  check(assignment, report) {
    const role = privilegedDirectoryRoles.get((assignment.text("roleId") ?? "").toLowerCase());
    if (role !== undefined) report(`it gives ${role}`);
  },
});
