import { type MachineLearningAccessArgs } from "../../../components/index";
import {
  location,
  resourceGroupId,
  resourceGroups,
  workspace,
  workspaceId,
} from "../../../local/azure/landingZone/layout";

export const endpoint = (name: string): string => `${workspaceId}/onlineEndpoints/${name}`;
export const job = (name: string): string => `${workspaceId}/jobs/${name}`;
export const command = { jobType: "Command", command: "python train.py", environmentId: "azureml:training:1" };
export const submit = (name: string): Call => ["PUT", job(name), { properties: { ...command, computeId: cluster } }];
export const cluster = `${workspaceId}/computes/cpu-cluster`;
export const clusterBody = {
  location,
  properties: {
    computeType: "AmlCompute",
    properties: { vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 1 } },
  },
};
export const endpointBody = (authMode: string, traffic: object = {}) => ({
  location,
  properties: { authMode, traffic },
});
export const deploymentBody = { location, properties: { endpointComputeType: "Managed", model: "azureml:forecast:1" } };
export const group = resourceGroupId(resourceGroups.machineLearning);
export const storageAccount = `${group}/providers/Microsoft.Storage/storageAccounts/${workspace.storageAccount}`;

export type Call = readonly [method: string, path: string, body?: object];

export interface Case {
  readonly args: Omit<MachineLearningAccessArgs, "principal" | "workspaceId">;
  readonly calls: readonly Call[];
  readonly beyond: Call;
}

/** A case for each row of the decision table, by what the row says to write. */
export const cases: Readonly<Record<string, Case>> = {
  "job: read": {
    args: { job: "read", linkedResources: { lookUp: ["storageAccount", "containerRegistry"] } },
    calls: [
      ["GET", workspaceId],
      ["GET", `${workspaceId}/jobs`],
      ["GET", endpoint("forecast")],
    ],
    beyond: submit("read-1"),
  },
  "job: train": {
    args: { job: "train", linkedResources: { lookUp: ["storageAccount", "containerRegistry", "vault"] } },
    calls: [
      ["GET", workspaceId],
      ["PUT", `${workspaceId}/environments/training/versions/1`, { properties: { image: "training" } }],
      ["PUT", `${workspaceId}/data/history/versions/1`, { properties: { dataUri: "azureml://history" } }],
      submit("train-1"),
      ["GET", job("train-1")],
      ["POST", `${job("train-1")}/cancel`],
      ["PUT", `${workspaceId}/models/forecast/versions/1`, { properties: { modelUri: "azureml://forecast" } }],
    ],
    beyond: ["PUT", endpoint("of-the-trainer"), endpointBody("AADToken")],
  },
  "job: deploy": {
    args: { job: "deploy", linkedResources: { lookUp: ["containerRegistry"] } },
    calls: [
      ["PUT", `${workspaceId}/models/forecast/versions/2`, { properties: { modelUri: "azureml://forecast" } }],
      ["PUT", endpoint("deployed"), endpointBody("AADToken")],
      ["GET", endpoint("deployed")],
      ["PUT", `${endpoint("deployed")}/deployments/blue`, deploymentBody],
      ["GET", `${endpoint("deployed")}/deployments`],
    ],
    beyond: submit("deploy-1"),
  },
  "job: call": {
    args: { job: "call" },
    calls: [
      ["GET", endpoint("forecast")],
      ["SCORE", "forecast"],
      ["SCORE with a token of", "tokened"],
    ],
    beyond: ["POST", `${endpoint("keyed")}/listKeys`],
  },
  "job: call, endpoint": {
    args: { job: "call", endpoint: "forecast" },
    calls: [
      ["GET", endpoint("forecast")],
      ["SCORE", "forecast"],
    ],
    beyond: ["GET", endpoint("keyed")],
  },
  "job: call-with-keys": {
    args: { job: "call-with-keys" },
    calls: [
      ["SCORE", "forecast"],
      ["SCORE with a key of", "keyed"],
    ],
    beyond: ["POST", `${endpoint("keyed")}/regenerateKeys`, { keyType: "Primary" }],
  },
  "role: AzureML Data Scientist": {
    args: { role: "AzureML Data Scientist" },
    calls: [submit("scientist-1"), ["PUT", endpoint("of-the-scientist"), endpointBody("AADToken")]],
    beyond: ["PUT", `${workspaceId}/computes/of-scientist`, clusterBody],
  },
  "role: AzureML Compute Operator": {
    args: { role: "AzureML Compute Operator" },
    calls: [
      ["PUT", `${workspaceId}/computes/of-operator`, clusterBody],
      ["GET", `${workspaceId}/computes`],
    ],
    beyond: submit("operator-1"),
  },
  "role: Owner, allowPrivilegedRole": {
    args: { role: "Owner", allowPrivilegedRole: true },
    calls: [
      ["GET", `${workspaceId}/providers/Microsoft.Authorization/roleAssignments`],
      ["PATCH", workspaceId, { tags: { team: "forecast" } }],
    ],
    beyond: ["GET", storageAccount],
  },
};
