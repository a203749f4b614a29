import type { Cloud } from "../../cloud";
import type { RouteParameters } from "../../http/router";
import { anotherOperationInProgress, armError } from "../errors";
import type { ArmContext } from "../resourceProvider";
import { childId, WorkspaceChildren, type WorkspaceChild, type WorkspaceName } from "./workspaceChildren";
import { Workspaces, workspaceType } from "./workspaceRecord";

export const workspacePath = `/subscriptions/:subscription/resourceGroups/:group/providers/${workspaceType}/:workspace`;

/** What the routes of everything in a workspace share. */
export interface Shop {
  readonly cloud: Cloud;
  readonly children: WorkspaceChildren;
  /** The region of a workspace. */
  readonly locationOf: (workspace: WorkspaceName) => string;
}

export function openShop(cloud: Cloud): Shop {
  const workspaces = new Workspaces(cloud.store);
  return {
    cloud,
    children: new WorkspaceChildren(cloud.store),
    locationOf: ({ resourceGroup, name }) => workspaces.live(resourceGroup, name)?.location ?? "",
  };
}

/** The workspace of a request. That it is there, the front door has seen. */
export const workspaceOf = ({ workspace: name = "" }: RouteParameters, context: ArmContext): WorkspaceName => ({
  resourceGroup: context.resourceGroup ?? "",
  name,
});

/** @throws ServiceError 404, where there is no such thing in the workspace */
export function found(
  { children }: Shop,
  workspace: WorkspaceName,
  type: string,
  names: readonly string[],
): WorkspaceChild {
  const child = children.get(workspace, type, names);
  if (child === undefined) {
    throw armError(
      404,
      "ResourceNotFound",
      `The ${type} '${names.join("/")}' was not found in the workspace '${workspace.name}'.`,
    );
  }
  return child;
}

/** A thing changes once at a time. */
export function checkIdle(child: WorkspaceChild | undefined): void {
  if (child?.provisioningState !== undefined && child.provisioningState !== "Succeeded") {
    throw anotherOperationInProgress(childId(child));
  }
}

export const userError = (message: string): Error => armError(400, "UserError", message);
