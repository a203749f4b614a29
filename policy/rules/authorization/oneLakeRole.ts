import { lakeDataRoles, roleId, roleName } from "../../reference/azureRoles";
import {
  blobContainer,
  roleAssignment,
  servicePrincipal,
  storageAccount,
  userAssignedIdentity,
} from "../../rule/resourceTypes";
import { stackRule } from "../../rule/rule";

export const oneLakeRole = stackRule({
  name: "one-lake-role-per-daemon",
  what: "A daemon holds one role on a lake",
  why: "Of two roles the wider one takes effect, and the narrower one misleads a reviewer.",
  fix: "keep the one role that the work needs",
  source: ["MCSB PA-7"],
  severity: "low",
  level: "advisory",
  check(stack) {
    const first = new Map<string, string>();
    for (const assignment of stack.resources(roleAssignment)) {
      const principal = assignment.sources("principalId", servicePrincipal, userAssignedIdentity)[0];
      const lake = assignment.sources("scope", storageAccount, blobContainer)[0];
      if (!principal || !lake || assignment.pending("roleDefinitionId")) continue;
      const role = roleId(assignment.text("roleDefinitionId") ?? "");
      if (!lakeDataRoles.has(role)) continue;
      const key = `${principal.urn} ${lake.urn}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, role);
      else if (earlier !== role)
        assignment.report(`it gives ${roleName(role)} besides ${roleName(earlier)} on ${lake.name}`);
    }
  },
});
