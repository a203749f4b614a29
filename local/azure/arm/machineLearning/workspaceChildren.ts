import type { Collection, Store } from "../../store/store";
import type { SystemData } from "../systemData";
import type { ResourceIdentity } from "./resourceIdentity";
import { workspaceResourceId, workspaceType, type Workspace } from "./workspaceRecord";

/** Which workspace something is in. */
export type WorkspaceName = Pick<Workspace, "resourceGroup" | "name">;

/** Something in a workspace: a compute, a job, a model, an endpoint. */
export interface WorkspaceChild {
  readonly workspace: WorkspaceName;
  /** Its type below the workspace's, for example "onlineEndpoints/deployments". */
  readonly type: string;
  /** Its own name, after those of what it lies in. */
  readonly names: readonly string[];
  readonly location?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kind?: string;
  readonly sku?: Readonly<Record<string, unknown>>;
  readonly identity?: ResourceIdentity;
  /** As ARM answers them, but for what changes by itself. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What is never answered but to who may list secrets: JSON, sealed by the state's key. */
  readonly sealedSecrets?: string;
  /** Left out for what is made at once. */
  readonly provisioningState?: "Creating" | "Updating" | "Deleting" | "Succeeded";
  readonly systemData: SystemData;
}

/** Everything that lies in workspaces, by workspace, type and names. */
export class WorkspaceChildren {
  private readonly records: Collection<WorkspaceChild>;

  constructor(store: Store) {
    this.records = store.collection("machineLearning.children");
  }

  get(workspace: WorkspaceName, type: string, names: readonly string[]): WorkspaceChild | undefined {
    return this.records.get(key(workspace, type, names));
  }

  /** Those of one type; with names, those below the one that bears them. */
  list(workspace: WorkspaceName, type: string, names: readonly string[] = []): WorkspaceChild[] {
    const isBelow = (child: WorkspaceChild): boolean =>
      child.type === type && names.every((name, index) => child.names[index]?.toLowerCase() === name.toLowerCase());
    return this.ofWorkspace(workspace)
      .filter(isBelow)
      .sort((a, b) => (a.names.at(-1) ?? "").localeCompare(b.names.at(-1) ?? ""));
  }

  ofWorkspace(workspace: WorkspaceName): WorkspaceChild[] {
    const wanted = workspaceKey(workspace);
    return [...this.records.values()].filter((child) => workspaceKey(child.workspace) === wanted);
  }

  /** Those of one type in all workspaces. */
  ofType(type: string): WorkspaceChild[] {
    return [...this.records.values()].filter((child) => child.type === type);
  }

  set(child: WorkspaceChild): void {
    this.records.set(key(child.workspace, child.type, child.names), child);
  }

  remove(child: Pick<WorkspaceChild, "workspace" | "type" | "names">): void {
    this.records.delete(key(child.workspace, child.type, child.names));
  }
}

/** "…/workspaces/mlw/onlineEndpoints/forecast/deployments/blue" */
export function childId({ workspace, type, names }: Pick<WorkspaceChild, "workspace" | "type" | "names">): string {
  const parts = type.split("/").map((part, index) => `${part}/${names[index] ?? ""}`);
  return `${workspaceResourceId(workspace)}/${parts.join("/")}`;
}

export const childType = (type: string): string => `${workspaceType}/${type}`;

/** A child as ARM answers it. */
export function childBody(child: WorkspaceChild, more: Readonly<Record<string, unknown>> = {}): object {
  const { type, names, location, tags, kind, sku, identity, properties, provisioningState, systemData } = child;
  return {
    id: childId(child),
    name: names.at(-1),
    type: childType(type),
    ...(location === undefined ? {} : { location, tags }),
    ...(kind === undefined ? {} : { kind }),
    ...(sku === undefined ? {} : { sku }),
    ...(identity === undefined || identity.type === "None" ? {} : { identity }),
    properties: { ...properties, ...(provisioningState === undefined ? {} : { provisioningState }), ...more },
    systemData,
  };
}

const workspaceKey = ({ resourceGroup, name }: WorkspaceName): string => `${resourceGroup}/${name}`.toLowerCase();

const key = (workspace: WorkspaceName, type: string, names: readonly string[]): string =>
  `${workspaceKey(workspace)}|${type}|${names.join("/")}`.toLowerCase();
