import { resourceGroupId } from "../../landingZone/layout";
import type { Collection, Store } from "../../store/store";
import type { SystemData } from "../systemData";

export const workspaceType = "Microsoft.OperationalInsights/workspaces";

/** A Log Analytics workspace. Nothing is ever written to its tables here. */
export interface LogWorkspace {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The workspace's own ID, a GUID. */
  readonly customerId: string;
  readonly sku: string;
  readonly retentionInDays: number;
  readonly publicNetworkAccessForIngestion: string;
  readonly publicNetworkAccessForQuery: string;
  readonly features: Readonly<Record<string, unknown>>;
  readonly createdDate: string;
  readonly modifiedDate: string;
  readonly systemData: SystemData;
}

export class LogWorkspaces {
  private readonly records: Collection<LogWorkspace>;

  constructor(store: Store) {
    this.records = store.collection("operationalInsights.workspaces");
  }

  get(resourceGroup: string, name: string): LogWorkspace | undefined {
    return this.records.get(key(resourceGroup, name));
  }

  /** Those of one resource group, or all. */
  list(resourceGroup?: string): LogWorkspace[] {
    const all = [...this.records.values()].sort((a, b) => a.name.localeCompare(b.name));
    return resourceGroup === undefined
      ? all
      : all.filter((each) => each.resourceGroup.toLowerCase() === resourceGroup.toLowerCase());
  }

  set(workspace: LogWorkspace): void {
    this.records.set(key(workspace.resourceGroup, workspace.name), workspace);
  }

  delete(workspace: LogWorkspace): void {
    this.records.delete(key(workspace.resourceGroup, workspace.name));
  }
}

export const logWorkspaceId = ({ resourceGroup, name }: Pick<LogWorkspace, "resourceGroup" | "name">): string =>
  `${resourceGroupId(resourceGroup)}/providers/${workspaceType}/${name}`;

export const logWorkspaceBody = (workspace: LogWorkspace): object => ({
  properties: {
    customerId: workspace.customerId,
    provisioningState: "Succeeded",
    sku: { name: workspace.sku, lastSkuUpdate: workspace.createdDate },
    retentionInDays: workspace.retentionInDays,
    features: workspace.features,
    workspaceCapping: {
      dailyQuotaGb: -1,
      quotaNextResetTime: workspace.createdDate,
      dataIngestionStatus: "RespectQuota",
    },
    publicNetworkAccessForIngestion: workspace.publicNetworkAccessForIngestion,
    publicNetworkAccessForQuery: workspace.publicNetworkAccessForQuery,
    createdDate: workspace.createdDate,
    modifiedDate: workspace.modifiedDate,
  },
  location: workspace.location,
  tags: workspace.tags,
  id: logWorkspaceId(workspace),
  name: workspace.name,
  type: workspaceType,
  systemData: workspace.systemData,
});

const key = (resourceGroup: string, name: string): string => `${resourceGroup}/${name}`.toLowerCase();
