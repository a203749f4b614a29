import { ordinaryPermissions, permissionName } from "../../reference/graphPermissions";
import { appRoleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  permissions: texts([...ordinaryPermissions.keys()], "Permissions that may be granted: names, or app role IDs."),
};

export const grantPermitted = rule({
  name: "grant-permitted",
  on: appRoleAssignment,
  what: "A permission that is granted is on the list of those that a daemon needs",
  why: "A permission outside the list usually reads more than intended.",
  fix: "grant a permission of the list, or add this one to the setting permissions",
  source: ["MCSB PA-7"],
  severity: "medium",
  level: "advisory",
  settings,
  check(grant, report, { permissions }) {
    const id = (grant.text("appRoleId") ?? "").toLowerCase();
    const name = permissionName(id);
    if (!permissions.includes(id) && !permissions.includes(name))
      report(`it grants ${name === "" ? "no permission" : name}`);
  },
});
