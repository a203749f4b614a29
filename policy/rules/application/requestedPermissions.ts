import { dangerousPermissions } from "../../reference/graphPermissions";
import { application } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";
import { texts } from "../../rule/settings";

const settings = {
  permitted: texts([], "Names of such permissions that may be asked for all the same."),
};

export const applicationRequestedPermissions = rule({
  name: "application-requests-no-dangerous-permission",
  on: application,
  what: "An application requests no Microsoft Graph permission that can take over the tenant",
  why: "After one consent, the daemon's secret gives as much access as a global administrator has.",
  fix: "ask for the narrower permission that the work needs",
  source: ["SCuBA risky permissions: Critical", "azure-tiering tier 0"],
  severity: "critical",
  level: "mandatory",
  settings,
  check(application, report, { permitted }) {
    const asked = application
      .items("requiredResourceAccesses")
      .flatMap((api) => api.items("resourceAccesses"))
      .filter((access) => access.text("type") === "Role" && !access.pending("id"))
      .map((access) => access.text("id")?.toLowerCase());
    for (const [name, id] of dangerousPermissions)
      if (asked.includes(id) && !permitted.includes(name)) report(`requiredResourceAccesses requests ${name}`);
  },
});
