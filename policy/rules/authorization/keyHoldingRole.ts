import { keyHoldingRoles, roleId, roleName } from "../../reference/azureRoles";
import { roleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  permitted: texts([], "IDs of such roles that may be given all the same: to a deployer, for example."),
};

export const noKeyHoldingRole = rule({
  name: "role-reads-no-keys",
  on: roleAssignment,
  what: "No role is given that takes the keys or the secrets of a whole resource",
  why: "Anyone who can list an account's keys, or change a vault's access, can read all of its data.",
  fix: "give a role on the data, such as Storage Blob Data Contributor or Key Vault Secrets User",
  source: ["azure-tiering tier 1"],
  severity: "high",
  level: "mandatory",
  settings,
  check(assignment, report, { permitted }) {
    const role = roleId(assignment.text("roleDefinitionId") ?? "");
    if (keyHoldingRoles.has(role) && !permitted.some((one) => roleId(one) === role))
      report(`it gives ${roleName(role)}`);
  },
});
