import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspaceIdentity = rule({
  name: "workspace-user-assigned-identity",
  on: workspace,
  what: "A machine learning workspace works under an identity that was made for it",
  why: "Its rights can then be given before it exists, and outlive its replacement.",
  fix: "set identity.type to UserAssigned and name the identity in primaryUserAssignedIdentity",
  source: ["AZR-000407", "Azure Policy 5f0c7d88-c7de-45b8-ac49-db49e72eaa78", "MCSB IM-3"],
  severity: "low",
  level: "advisory",
  check(workspace, report) {
    const assigned = (workspace.text("identity.type") ?? "").includes("UserAssigned");
    if (!assigned || !workspace.has("primaryUserAssignedIdentity")) report("it has no primary user-assigned identity");
  },
});
