import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspaceLegacyMode = rule({
  name: "workspace-no-legacy-mode",
  on: workspace,
  what: "A machine learning workspace is not in the legacy mode of version 1",
  why: "Roles on data and managed networks do not hold there.",
  fix: "leave v1LegacyMode out",
  source: ["Azure Policy e413671a-dd10-4cc1-a943-45b598596cb7, turned round"],
  severity: "low",
  level: "advisory",
  check(workspace, report) {
    if (workspace.flag("v1LegacyMode") === true) report("v1LegacyMode is true");
  },
});
