import { roleDefinition } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const wide = /^\/$|^\/subscriptions\/[^/]+\/?$/i;

export const roleWildcardActions = rule({
  name: "custom-role-no-wildcard-actions",
  on: roleDefinition,
  what: "A custom role for a whole subscription does not allow every action",
  why: "That is Owner under another name, and no review looks for it there.",
  fix: "name the actions",
  source: ["CKV_AZURE_39", "AZU-0030"],
  severity: "high",
  level: "mandatory",
  check(role, report) {
    const everything = role.items("permissions").some((permission) => permission.texts("actions").includes("*"));
    if (everything && role.texts("assignableScopes").some((scope) => wide.test(scope)))
      report('permissions.actions has "*", and it can be assigned to a subscription');
  },
});
