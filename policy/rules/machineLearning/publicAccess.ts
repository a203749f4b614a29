import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspacePublicAccess = rule({
  name: "workspace-no-public-access",
  on: workspace,
  what: "A machine learning workspace is not open to public networks",
  why: "Its endpoints run code with the workspace's rights.",
  fix: 'set publicNetworkAccess to "Disabled", and leave allowPublicAccessWhenBehindVnet out',
  source: ["CKV_AZURE_144", "CKV2_AZURE_49", "AZR-000406", "Azure Policy 438c38d2-3772-465a-a9cc-7a6666a275ce"],
  severity: "high",
  level: "mandatory",
  check(workspace, report) {
    if (workspace.lower("publicNetworkAccess") !== "disabled") report("publicNetworkAccess is not Disabled");
    if (workspace.flag("allowPublicAccessWhenBehindVnet") === true) report("allowPublicAccessWhenBehindVnet is true");
  },
});
