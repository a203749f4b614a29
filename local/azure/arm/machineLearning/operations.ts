import type { Cloud } from "../../cloud";
import { operationKind } from "../asyncOperations";
import { removeResourceIdentity } from "./resourceIdentity";
import { WorkspaceChildren } from "./workspaceChildren";
import { Workspaces, type Workspace } from "./workspaceRecord";

const shared = { namespace: "Microsoft.MachineLearningServices", statusType: "workspaceOperationsStatus" } as const;

interface WorkspaceName {
  readonly resourceGroup: string;
  readonly name: string;
}

/** Creating, updating or recovering a workspace. */
export const writeOperation = operationKind<WorkspaceName>({
  ...shared,
  name: "Microsoft.MachineLearningServices/workspaces/write",
  complete(cloud, { resourceGroup, name }) {
    const workspaces = new Workspaces(cloud.store);
    const workspace = workspaces.live(resourceGroup, name);
    if (workspace !== undefined) {
      workspaces.set({ ...workspace, provisioningState: "Succeeded" });
    }
    return { status: "Succeeded" };
  },
});

/** Creating a workspace under the name of a soft-deleted one: accepted, and then failed. */
export const refusedWriteOperation = operationKind<WorkspaceName>({
  ...shared,
  name: "Microsoft.MachineLearningServices/workspaces/write/softDeletedExists",
  complete: () => ({
    status: "Failed",
    error: {
      code: "BadRequest",
      message: "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
    },
  }),
});

export const deleteOperation = operationKind<WorkspaceName & { readonly purge: boolean }>({
  ...shared,
  name: "Microsoft.MachineLearningServices/workspaces/delete",
  complete(cloud, { resourceGroup, name, purge }) {
    const workspaces = new Workspaces(cloud.store);
    const now = cloud.clock.now();
    const workspace = workspaces.live(resourceGroup, name) ?? workspaces.deleted(resourceGroup, name, now);
    if (workspace !== undefined && purge) {
      purgeWorkspace(cloud, workspace);
    } else if (workspace !== undefined) {
      workspaces.set({ ...workspace, provisioningState: "Succeeded", deletedAt: now.toISOString() });
    }
    return { status: "Succeeded" };
  },
});

/** Removes a workspace for good, with everything in it and the identities of all that. */
export function purgeWorkspace(cloud: Cloud, workspace: Workspace): void {
  const children = new WorkspaceChildren(cloud.store);
  for (const child of children.ofWorkspace(workspace)) {
    children.remove(child);
    removeResourceIdentity(cloud, child.identity);
  }
  removeResourceIdentity(cloud, workspace.identity);
  new Workspaces(cloud.store).remove(workspace);
}
