import type { BuiltInRole } from "../roleDefinition";

export const machineLearningRoles: readonly BuiltInRole[] = [
  {
    id: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
    name: "AzureML Data Scientist",
    description:
      "Can perform all actions within an Azure Machine Learning workspace, except for creating or deleting compute resources and modifying the workspace itself.",
    actions: [
      "Microsoft.MachineLearningServices/workspaces/*/read",
      "Microsoft.MachineLearningServices/workspaces/*/action",
      "Microsoft.MachineLearningServices/workspaces/*/delete",
      "Microsoft.MachineLearningServices/workspaces/*/write",
    ],
    notActions: [
      "Microsoft.MachineLearningServices/workspaces/delete",
      "Microsoft.MachineLearningServices/workspaces/write",
      "Microsoft.MachineLearningServices/workspaces/computes/*/write",
      "Microsoft.MachineLearningServices/workspaces/computes/*/delete",
      "Microsoft.MachineLearningServices/workspaces/computes/listKeys/action",
      "Microsoft.MachineLearningServices/workspaces/listKeys/action",
      "Microsoft.MachineLearningServices/workspaces/hubs/write",
      "Microsoft.MachineLearningServices/workspaces/hubs/delete",
      "Microsoft.MachineLearningServices/workspaces/featurestores/write",
      "Microsoft.MachineLearningServices/workspaces/featurestores/delete",
    ],
    dataActions: [],
    notDataActions: [],
  },
  {
    id: "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815",
    name: "AzureML Compute Operator",
    description:
      "Can access and perform CRUD operations on Machine Learning Services managed compute resources (including Notebook VMs).",
    actions: [
      "Microsoft.MachineLearningServices/workspaces/computes/*",
      "Microsoft.MachineLearningServices/workspaces/notebooks/vm/*",
    ],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
  {
    id: "1823dd4f-9b8c-4ab6-ab4e-7397a3684615",
    name: "AzureML Registry User",
    description:
      "Can perform all actions on Machine Learning Services Registry assets\u00a0as well as get Registry resources.",
    actions: [
      "Microsoft.MachineLearningServices/registries/read",
      "Microsoft.MachineLearningServices/registries/assets/*",
    ],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
  {
    id: "635dd51f-9968-44d3-b7fb-6d9a6bd613ae",
    name: "AzureML Metrics Writer (preview)",
    description: "Lets you write metrics to AzureML workspace",
    actions: ["Microsoft.MachineLearningServices/workspaces/metrics/*/write"],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
];
