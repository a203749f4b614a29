import { roleDefinition } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const tooBroad = /^\/$|^\/providers\/Microsoft\.Management\/managementGroups\//i;

export const roleAssignableScopes = rule({
  name: "custom-role-assignable-scopes",
  on: roleDefinition,
  what: "A custom role can be assigned in a subscription at most",
  why: "Otherwise every team of the tenant sees it among the roles that it can assign.",
  fix: "list subscriptions or resource groups in assignableScopes",
  source: ["AZU-0030, for roles with wildcard actions"],
  severity: "medium",
  level: "mandatory",
  check(role, report) {
    if (role.count("assignableScopes") === 0) report("assignableScopes is not set");
    else if (!role.pending("assignableScopes"))
      for (const scope of role.texts("assignableScopes").filter((one) => tooBroad.test(one)))
        report(`assignableScopes has ${scope}`);
  },
});
