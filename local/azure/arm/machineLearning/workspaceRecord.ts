import { randomUUID } from "node:crypto";
import { resourceGroupId, subscription, tenant } from "../../landingZone/layout";
import type { Collection, Store } from "../../store/store";
import type { SystemData } from "../systemData";
import type { ResourceIdentity } from "./resourceIdentity";

export const workspaceType = "Microsoft.MachineLearningServices/workspaces";

/** A deleted workspace can be recovered for this long. */
export const retentionDays = 14;

/** A workspace, live or soft-deleted. */
export interface Workspace {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kind: string;
  readonly sku: { readonly name: string; readonly tier: string };
  readonly identity: ResourceIdentity;
  /** What the client set, in the wire's names. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly workspaceId: string;
  readonly storageHnsEnabled: boolean;
  readonly provisioningState: "Creating" | "Updating" | "Deleting" | "Succeeded";
  readonly systemData: SystemData;
  /** When it was soft-deleted, RFC 3339. */
  readonly deletedAt?: string;
}

/** Every workspace by resource group and name; a soft-deleted one keeps its name until its retention ends. */
export class Workspaces {
  private readonly records: Collection<Workspace>;

  constructor(store: Store) {
    this.records = store.collection("machineLearning.workspaces");
  }

  live(resourceGroup: string, name: string): Workspace | undefined {
    const found = this.records.get(key(resourceGroup, name));
    return found?.deletedAt === undefined ? found : undefined;
  }

  /** A workspace that is soft-deleted and whose retention runs. */
  deleted(resourceGroup: string, name: string, now: Date): Workspace | undefined {
    const found = this.records.get(key(resourceGroup, name));
    if (found?.deletedAt === undefined) {
      return undefined;
    }
    const ends = Date.parse(found.deletedAt) + retentionDays * 86_400_000;
    return ends > now.getTime() ? found : undefined;
  }

  list(resourceGroup?: string): Workspace[] {
    return [...this.records.values()]
      .filter(({ deletedAt }) => deletedAt === undefined)
      .filter((one) => resourceGroup === undefined || one.resourceGroup.toLowerCase() === resourceGroup.toLowerCase())
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  set(workspace: Workspace): void {
    this.records.set(key(workspace.resourceGroup, workspace.name), workspace);
  }

  remove({ resourceGroup, name }: Pick<Workspace, "resourceGroup" | "name">): void {
    this.records.delete(key(resourceGroup, name));
  }
}

export const newWorkspaceId = (): string => randomUUID();

export const workspaceResourceId = ({ resourceGroup, name }: Pick<Workspace, "resourceGroup" | "name">): string =>
  `${resourceGroupId(resourceGroup)}/providers/${workspaceType}/${name}`;

/** Resource ID of a workspace's storage account; empty where it has none. */
export function storageAccountOf(workspace: Workspace | undefined): string {
  const id = workspace?.settings["storageAccount"];
  return typeof id === "string" ? id : "";
}

/** Properties that read back with a value where the client set none. */
const defaults = {
  friendlyName: null,
  description: "",
  hbiWorkspace: false,
  publicNetworkAccess: "Enabled",
  v1LegacyMode: false,
  enableDataIsolation: false,
  systemDatastoresAuthMode: "accesskey",
  managedNetwork: { isolationMode: "Disabled" },
} as const;

export function workspaceBody(workspace: Workspace): object {
  const { name, resourceGroup, location } = workspace;
  const id = workspaceResourceId(workspace);
  return {
    id,
    name,
    type: workspaceType,
    location,
    tags: workspace.tags,
    etag: null,
    kind: workspace.kind,
    sku: workspace.sku,
    identity: workspace.identity,
    properties: {
      ...defaults,
      friendlyName: name,
      ...workspace.settings,
      allowPublicAccessWhenBehindVnet: false,
      discoveryUrl: `https://${location}.api.azureml.ms/discovery`,
      mlFlowTrackingUri: `azureml://${location}.api.azureml.ms/mlflow/v1.0/subscriptions/${subscription.id}/resourceGroups/${resourceGroup}/providers/${workspaceType}/${name}`,
      privateEndpointConnections: [],
      privateLinkCount: 0,
      provisioningState: workspace.provisioningState,
      sharedPrivateLinkResources: [],
      storageHnsEnabled: workspace.storageHnsEnabled,
      tenantId: tenant.id,
      workspaceId: workspace.workspaceId,
    },
    systemData: workspace.systemData,
  };
}

const key = (resourceGroup: string, name: string): string => `${resourceGroup}/${name}`.toLowerCase();
