import { vault } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

const flags = ["enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"];

export const vaultDeploymentAccess = rule({
  name: "vault-deployment-access",
  on: vault,
  what: "A key vault is not open to machines, disks or template deployments",
  why: "Each of these lets Azure give secrets to anyone who may deploy.",
  fix: "leave the enabledFor… flags out",
  source: ["MCSB PA-7"],
  severity: "medium",
  level: "advisory",
  check(vault, report) {
    for (const flag of flags) if (vault.flag(`properties.${flag}`) === true) report(`properties.${flag} is true`);
  },
});
