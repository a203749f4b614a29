import { armRow } from "./armRow";
import { action, type Right } from "./right";
import { textOf, type ResourceRow, type Subject } from "./row";

/** Where the logs go: a workspace is shared with whoever sends to it, an account lists its keys. */
const sends = ({ inputs }: Subject): readonly Right[] => [
  ...targets(inputs, "workspaceId", "Microsoft.OperationalInsights/workspaces/sharedKeys/action"),
  ...targets(inputs, "storageAccountId", "Microsoft.Storage/storageAccounts/listKeys/action"),
];

const targets = (inputs: Subject["inputs"], name: string, needed: string): readonly Right[] => {
  const id = textOf(inputs, name);
  return id === "" ? [] : [action(needed, id)];
};

/** Diagnostic settings sit on any resource. */
export const insightsResources: readonly ResourceRow[] = ["insights", "monitor"].map((module) =>
  armRow({
    type: `azure-native:${module}:DiagnosticSetting`,
    path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    linked: sends,
  }),
);
