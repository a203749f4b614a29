import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const vaultNoIdleAccessPolicies = rule({
  name: "vault-no-idle-access-policies",
  on: vault,
  what: "A key vault under Azure roles lists no access policies",
  why: "They are ignored there, and take effect as soon as somebody turns off role-based access.",
  fix: "take properties.accessPolicies out",
  source: [],
  severity: "low",
  level: "advisory",
  check(vault, report) {
    const listed = vault.count("properties.accessPolicies") ?? 0;
    if (vault.flag("properties.enableRbacAuthorization") === true && listed > 0)
      report(
        `properties.accessPolicies has ${listed === 1 ? "an entry that does" : `${listed} entries that do`} nothing`,
      );
  },
});
