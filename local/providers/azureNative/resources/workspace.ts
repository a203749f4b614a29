import {
  any,
  envelope,
  flag,
  flattened,
  integer,
  list,
  object,
  resourceGroupName,
  systemData,
  text,
  map,
  type Properties,
  type ResourceSpec,
} from "../spec";
import { privateEndpointConnections } from "./privateEndpointConnections";

const settings: Properties = {
  allowPublicAccessWhenBehindVnet: flag(),
  applicationInsights: text(),
  associatedWorkspaces: list(text()),
  containerRegistry: text(),
  description: text(),
  discoveryUrl: text(),
  enableDataIsolation: flag(),
  enableServiceSideCMKEncryption: flag(),
  encryption: any(),
  featureStoreSettings: any(),
  friendlyName: text(),
  hbiWorkspace: flag(),
  hubResourceId: text(),
  imageBuildCompute: text(),
  keyVault: text({ immutable: true }),
  managedNetwork: any(),
  primaryUserAssignedIdentity: text(),
  provisionNetworkNow: flag(),
  publicNetworkAccess: text(),
  serverlessComputeSettings: any(),
  serviceManagedResourcesSettings: any(),
  sharedPrivateLinkResources: any(),
  storageAccount: text({ immutable: true }),
  systemDatastoresAuthMode: text(),
  v1LegacyMode: flag(),
  workspaceHubConfig: any(),
};

const connection: Properties = {
  identity: any(),
  location: text(),
  name: text(),
  sku: any(),
  systemData: any(),
  tags: map(),
  type: text(),
};

const answered = [
  "mlFlowTrackingUri",
  "notebookInfo",
  "privateLinkCount",
  "provisioningState",
  "serviceProvisionedResourceGroup",
  "storageHnsEnabled",
  "tenantId",
  "workspaceId",
];

export const workspace: ResourceSpec = {
  type: "azure-native:machinelearningservices:Workspace",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}",
  apiVersion: "2025-12-01",
  parameters: { resourceGroupName, workspaceName: { name: "random", pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/ } },
  properties: {
    ...envelope,
    ...systemData,
    identity: object({
      principalId: text({ readOnly: true }),
      tenantId: text({ readOnly: true }),
      type: text({ required: true }),
      userAssignedIdentities: any({ stringSet: true }),
    }),
    kind: text(),
    location: text({ immutable: true }),
    sku: object({
      capacity: integer(),
      family: text(),
      name: text({ required: true }),
      size: text(),
      tier: text(),
    }),
    tags: map(),
    ...flattened({
      ...settings,
      ...Object.fromEntries(answered.map((name) => [name, any({ readOnly: true })])),
      privateEndpointConnections: privateEndpointConnections(connection, "actionsRequired"),
    }),
  },
};
