import { vault, vaultAccessPolicy } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const kinds = ["keys", "secrets", "certificates", "storage"];
const sweeping = ["all", "purge"];

export const vaultAccessPolicyPermissions = rule({
  name: "vault-access-policy-permissions",
  on: [vault, vaultAccessPolicy],
  what: "No access policy of a key vault gives all permissions, or purge",
  why: "Purge destroys what soft delete would have kept; all contains it.",
  fix: 'name the permissions that are needed, for example secrets: ["get"]',
  source: ["AZR-000118"],
  severity: "high",
  level: "mandatory",
  check(resource, report) {
    const policies = [...resource.items("properties.accessPolicies"), ...resource.items("policy")];
    for (const kind of kinds) {
      const given = policies.flatMap((policy) => policy.texts(`permissions.${kind}`));
      const wrong = given.filter((permission) => sweeping.includes(permission.toLowerCase()));
      if (wrong.length > 0) report(`an access policy gives "${wrong[0] ?? ""}" on ${kind}`);
    }
  },
});
