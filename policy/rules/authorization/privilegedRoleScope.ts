import { privilegedRoles, roleId, roleName } from "../../reference/azureRoles";
import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const wideScope = /^\/$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\//i;

export const privilegedRoleScope = rule({
  name: "role-not-privileged-at-wide-scope",
  on: roleAssignment,
  what: "No privileged Azure role is given over a subscription, a management group or the tenant",
  why: "Its holder can get every right below that scope, and so can anyone with the daemon's secret.",
  fix: "give a role on the data that the daemon works with, at that resource's scope",
  source: ["azure-tiering tier 0, in part", "MCSB PA-1", "MCSB PA-7", "AZR-000204", "AZR-000205"],
  severity: "critical",
  level: "mandatory",
  check(assignment, report) {
    const role = roleId(assignment.text("roleDefinitionId") ?? "");
    if (!privilegedRoles.has(role) || assignment.pending("scope")) return;
    const scope = assignment.text("scope") ?? "/";
    if (wideScope.test(scope)) report(`it gives ${roleName(role)} over ${scope}`);
  },
});
