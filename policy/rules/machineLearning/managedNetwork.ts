import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspaceManagedNetwork = rule({
  name: "workspace-managed-network",
  on: workspace,
  what: "A machine learning workspace reaches approved addresses only",
  why: "Code that runs there could otherwise carry data anywhere.",
  fix: 'set managedNetwork.isolationMode to "AllowOnlyApprovedOutbound"',
  source: ["Azure Policy 6ddb1705-c8cf-450e-aa4b-19ad6703c440"],
  severity: "medium",
  level: "advisory",
  check(workspace, report) {
    if (workspace.text("managedNetwork.isolationMode") !== "AllowOnlyApprovedOutbound")
      report("managedNetwork.isolationMode is not AllowOnlyApprovedOutbound");
  },
});
