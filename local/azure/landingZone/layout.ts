/**
 * The landing zone that local Azure starts with: the tenant, subscription and resources a platform team would find.
 * The IDs are fixed, so that a stack's configuration can name them.
 */
export const tenant = {
  id: "3d5f1c7a-2b64-4e0f-9a18-6c0e5b7d9f21",
  displayName: "Contoso (local Azure)",
  initialDomain: "contoso.onmicrosoft.com",
  domain: "contoso.example",
} as const;

export const subscription = {
  id: "8e1b0a4c-7d39-4c52-b6f3-2f9d1e5a7c60",
  displayName: "Contoso daemons (local Azure)",
} as const;

export const location = "westeurope";

export const resourceGroups = { daemons: "rg-daemons", machineLearning: "rg-machine-learning" } as const;

export const workspace = {
  name: "mlw-forecast",
  storageAccount: "stmlwforecast",
  vault: "kv-mlw-forecast",
  containerRegistry: "crmlwforecast",
} as const;

/** A Data Lake Storage Gen1 account from before the service was retired; its lake is empty. */
export const dataLakeStore = { name: "contosodatalake" } as const;

export const resourceGroupId = (name: string): string => `/subscriptions/${subscription.id}/resourceGroups/${name}`;

export const workspaceId = `${resourceGroupId(resourceGroups.machineLearning)}/providers/Microsoft.MachineLearningServices/workspaces/${workspace.name}`;

export const dataLakeStoreId = `${resourceGroupId(resourceGroups.daemons)}/providers/Microsoft.DataLakeStore/accounts/${dataLakeStore.name}`;

/** Service principals that are there from the start. Their client secrets are derived from the state's own key. */
export const identities = {
  /** Deploys the stack; holds just the rights that the stack needs. */
  deployer: { clientId: "b7c2f0d4-51e8-4a3b-8c96-e0d7a1f25b38", objectId: "0f6a9e3d-84c1-4d27-a5b0-9c3e7f182d64" },
  /** May read the daemons' credentials. */
  consumer: { clientId: "c4e81a26-9b07-4f5d-b132-7a6d0c9f3e85", objectId: "1a7b8c2e-3f54-4609-9d8e-b2c1f0a6d573" },
  /** May read nothing. */
  stranger: { clientId: "d9035b7f-6e1c-48a2-9f4d-15c8e2b6a074", objectId: "2b8c9d3f-4065-471a-8e9f-c3d201b7e684" },
  /** May grant admin consent. */
  administrator: { clientId: "e1a64c80-7f2d-4bb3-a05e-26d9f3c7b185", objectId: "3c9dae40-5176-482b-9fa0-d4e312c8f795" },
} as const;

export type IdentityName = keyof typeof identities;

/**
 * Another subscription of the tenant, in which nobody has a right to begin with: its workspace has the resource group and
 * the name of the other one's.
 */
export const neighbour = {
  id: "5b9d2e71-0c4f-4a86-9e3d-6f1a8c27b504",
  displayName: "Contoso research (local Azure)",
  resourceGroup: resourceGroups.machineLearning,
  workspace: workspace.name,
  storageAccount: "stmlwresearch",
  vault: "kv-mlw-research",
} as const;
