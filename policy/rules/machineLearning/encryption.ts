import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspaceEncryption = rule({
  name: "workspace-customer-key",
  on: workspace,
  what: "A machine learning workspace is encrypted with a customer-managed key",
  why: "Some data must stay protected even if one of Azure's own keys is compromised.",
  fix: 'set encryption.status to "Enabled" with the key to use',
  source: ["Azure Policy ba769a63-b8cc-4b2d-abf6-ac33c7204be8"],
  severity: "low",
  level: "advisory",
  check(workspace, report) {
    if (workspace.lower("encryption.status") !== "enabled") report("encryption.status is not Enabled");
  },
});
