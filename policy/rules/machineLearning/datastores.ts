import { workspace } from "../../rule/resourceTypes";
import { rule } from "../../rule/rule";

export const workspaceDatastores = rule({
  name: "workspace-datastores-by-identity",
  on: workspace,
  what: "A machine learning workspace's own datastores sign in with an identity",
  why: "With shared keys switched off, datastores that hold a key fail.",
  fix: 'set systemDatastoresAuthMode to "Identity"',
  source: [],
  severity: "medium",
  level: "advisory",
  check(workspace, report) {
    if (workspace.lower("systemDatastoresAuthMode") !== "identity") report("systemDatastoresAuthMode is not Identity");
  },
});
