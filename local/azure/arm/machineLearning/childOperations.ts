import type { Cloud } from "../../cloud";
import { accepted, operationKind, startOperation } from "../asyncOperations";
import type { AzureResponse } from "../../http/message";
import type { ArmContext } from "../resourceProvider";
import type { Shop } from "./inWorkspace";
import { removeResourceIdentity } from "./resourceIdentity";
import { childBody, WorkspaceChildren, type WorkspaceChild, type WorkspaceName } from "./workspaceChildren";

interface ChildName {
  readonly workspace: WorkspaceName;
  readonly type: string;
  readonly names: readonly string[];
}

/** Computes have addresses of their own for their operations, and everything else has others. */
const statusTypes = { computes: "computeOperationsStatus", other: "mfeOperationsStatus" } as const;

const kinds = (where: keyof typeof statusTypes) => {
  const shared = { namespace: "Microsoft.MachineLearningServices", statusType: statusTypes[where] } as const;
  return {
    write: operationKind<ChildName>({
      ...shared,
      name: `Microsoft.MachineLearningServices/workspaces/${where}/write`,
      complete(cloud, { workspace, type, names }) {
        const children = new WorkspaceChildren(cloud.store);
        const child = children.get(workspace, type, names);
        if (child !== undefined) {
          children.set({ ...child, provisioningState: "Succeeded" });
        }
        return { status: "Succeeded" };
      },
    }),
    remove: operationKind<ChildName>({
      ...shared,
      name: `Microsoft.MachineLearningServices/workspaces/${where}/delete`,
      complete(cloud, { workspace, type, names }) {
        removeChild(cloud, workspace, type, names);
        return { status: "Succeeded" };
      },
    }),
    act: operationKind<ChildName & { readonly change: Readonly<Record<string, unknown>> }>({
      ...shared,
      name: `Microsoft.MachineLearningServices/workspaces/${where}/action`,
      complete(cloud, { workspace, type, names, change }) {
        const children = new WorkspaceChildren(cloud.store);
        const child = children.get(workspace, type, names);
        if (child !== undefined) {
          children.set({ ...child, properties: { ...child.properties, ...change } });
        }
        return { status: "Succeeded" };
      },
    }),
  };
};

const operations = { computes: kinds("computes"), other: kinds("other") };

const of = ({ type }: Pick<WorkspaceChild, "type">) => (type === "computes" ? operations.computes : operations.other);

const request = (shop: Shop, { workspace }: WorkspaceChild, { subscriptionId, apiVersion }: ArmContext) => ({
  subscriptionId,
  location: shop.locationOf(workspace),
  apiVersion,
});

/** Answers a write that takes time: with what is being made, and where to ask about it. */
export function acceptedWrite(shop: Shop, child: WorkspaceChild, context: ArmContext, isNew: boolean): AzureResponse {
  const { workspace, type, names } = child;
  const input = { workspace, type, names };
  return accepted(
    startOperation(shop.cloud, of(child).write, { ...request(shop, child, context), input }),
    "azure-asyncoperation",
    { status: isNew ? 201 : 200, body: childBody(child) },
  );
}

/** Marks something as going, and answers where to ask whether it has gone. */
export function acceptedDelete(shop: Shop, child: WorkspaceChild, context: ArmContext): AzureResponse {
  const { workspace, type, names } = child;
  shop.children.set({ ...child, provisioningState: "Deleting" });
  const input = { workspace, type, names };
  return accepted(startOperation(shop.cloud, of(child).remove, { ...request(shop, child, context), input }), "both");
}

/** Answers an action that takes time, and changes properties when it ends. */
export function acceptedAction(
  shop: Shop,
  child: WorkspaceChild,
  context: ArmContext,
  change: Readonly<Record<string, unknown>>,
): AzureResponse {
  const { workspace, type, names } = child;
  const input = { workspace, type, names, change };
  return accepted(startOperation(shop.cloud, of(child).act, { ...request(shop, child, context), input }), "location");
}

/** Removes something with everything below it, and the identity that it had. */
function removeChild(cloud: Cloud, workspace: WorkspaceName, type: string, names: readonly string[]): void {
  const children = new WorkspaceChildren(cloud.store);
  const below = children
    .ofWorkspace(workspace)
    .filter((child) => child.type.startsWith(`${type}/`) && names.every((name, at) => isSame(name, child.names[at])));
  const child = children.get(workspace, type, names);
  for (const gone of [...below, ...(child === undefined ? [] : [child])]) {
    children.remove(gone);
    removeResourceIdentity(cloud, gone.identity);
  }
}

const isSame = (name: string, other: string | undefined): boolean => name.toLowerCase() === other?.toLowerCase();
