import { dangerousPermissions } from "../../reference/graphPermissions";
import { appRoleAssignment } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  permitted: texts([], "Names of such permissions that may be granted all the same."),
};

export const grantNotDangerous = rule({
  name: "grant-not-dangerous",
  on: appRoleAssignment,
  what: "No Microsoft Graph permission is granted that can take over the tenant",
  why: "The daemon's secret would be worth as much as a global administrator's.",
  fix: "grant the narrower permission that the work needs",
  source: ["SCuBA risky permissions: Critical", "azure-tiering tier 0"],
  severity: "critical",
  level: "mandatory",
  settings,
  check(grant, report, { permitted }) {
    const id = (grant.text("appRoleId") ?? "").toLowerCase();
    for (const [name, dangerous] of dangerousPermissions)
      if (dangerous === id && !permitted.includes(name)) report(`it grants ${name}`);
  },
});
