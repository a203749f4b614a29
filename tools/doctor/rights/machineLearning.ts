import { armGetter, armRow } from "./armRow";
import { action, type Inputs, type Right } from "./right";
import { groupOf, guidOf, type FunctionRow, type ResourceRow, type Subject } from "./row";

const workspaces = "{group}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}";
const workspace = armRow({ type: "azure-native:machinelearningservices:Workspace", path: workspaces });

/** Whoever attaches a user-assigned identity has to be let do so by the identity. */
const attaches = ({ inputs }: Subject): readonly Right[] => {
  const attached = groupOf(inputs, "identity")["userAssignedIdentities"];
  const ids: readonly unknown[] = Array.isArray(attached) ? attached : Object.keys(attached ?? {});
  return ids.map((id) => action("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", String(id)));
};

/** The parts of a workspace that its role bundle goes on from. */
const linked = (id: string): Inputs => {
  const group = id.slice(0, id.indexOf("/providers/"));
  const name = id.slice(id.lastIndexOf("/") + 1);
  return {
    storageAccount: `${group}/providers/Microsoft.Storage/storageAccounts/${name}`,
    keyVault: `${group}/providers/Microsoft.KeyVault/vaults/${name}`,
    containerRegistry: `${group}/providers/Microsoft.ContainerRegistry/registries/${name}`,
    applicationInsights: `${group}/providers/Microsoft.Insights/components/${name}`,
    location: "",
    identity: { principalId: guidOf(id), type: "SystemAssigned" },
  };
};

export const machineLearningResources: readonly ResourceRow[] = [
  workspace,
  armRow({
    type: "azure-native:machinelearningservices:Compute",
    path: `${workspaces}/computes/{computeName}`,
    linked: attaches,
  }),
];

export const machineLearningFunctions: readonly FunctionRow[] = [
  armGetter("azure-native:machinelearningservices:getWorkspace", workspace, linked),
];
