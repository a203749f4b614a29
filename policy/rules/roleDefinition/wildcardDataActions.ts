import { roleDefinition } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const secretData = /^(\*|microsoft\.(keyvault|storage)\/.*\*)$/i;

export const roleWildcardDataActions = rule({
  name: "custom-role-no-wildcard-data-actions",
  on: roleDefinition,
  what: "A custom role does not allow every data action on vaults or blobs",
  why: "It would include secrets and files that were not intended, and each new kind of action.",
  fix: "name the data actions",
  source: ["cdk-nag IAMNoWildcardPermissions, by analogy"],
  severity: "high",
  level: "mandatory",
  check(role, report) {
    const given = role.items("permissions").flatMap((permission) => permission.texts("dataActions"));
    for (const action of given.filter((one) => secretData.test(one))) report(`permissions.dataActions has "${action}"`);
  },
});
