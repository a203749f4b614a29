import { z } from "zod";
import type { Cloud } from "../../cloud";
import { tenant } from "../../landingZone/layout";
import { armError, linkedAuthorizationFailed } from "../errors";
import { identityBody, identityType, UserAssignedIdentities } from "../managedIdentity/userAssignedIdentity";
import { parseResourcePath } from "../resourcePath";
import type { ArmContext } from "../resourceProvider";
import { workspaceResourceId, workspaceType, type Workspace, type WorkspaceIdentity } from "./workspaceRecord";

export const identitySchema = z.looseObject({
  type: z.string(),
  userAssignedIdentities: z.record(z.string(), z.unknown()).nullish(),
});

const identityProperties = z.looseObject({ properties: z.object({ principalId: z.string(), clientId: z.string() }) });

/**
 * A workspace's identity as requested: makes the system-assigned one where there is none yet, and checks that the
 * caller may assign the others.
 */
export function workspaceIdentity(
  cloud: Cloud,
  requested: z.output<typeof identitySchema> | null | undefined,
  workspace: Pick<Workspace, "resourceGroup" | "name">,
  before: WorkspaceIdentity | undefined,
  context: ArmContext,
): WorkspaceIdentity {
  const type = requested?.type ?? before?.type ?? "SystemAssigned";
  const assigned = Object.keys(requested?.userAssignedIdentities ?? before?.userAssignedIdentities ?? {});
  const userAssignedIdentities = Object.fromEntries(
    assigned.map((id) => [id, assignedIdentity(cloud, id, workspaceResourceId(workspace), context)]),
  );
  const users = assigned.length === 0 ? {} : { userAssignedIdentities };
  if (!type.toLowerCase().includes("systemassigned")) {
    return { type, ...users };
  }
  const principalId =
    before?.principalId ??
    cloud.directory.addManagedIdentity({
      displayName: workspace.name,
      resourceId: workspaceResourceId(workspace),
    }).principalId;
  return { type, principalId, tenantId: tenant.id, ...users };
}

function assignedIdentity(cloud: Cloud, id: string, workspaceId: string, { caller }: ArmContext): object {
  const path = parseResourcePath(id);
  const name = path?.providers.at(-1)?.names[0];
  const identity =
    path?.resourceGroup === undefined || name === undefined
      ? undefined
      : new UserAssignedIdentities(cloud.store).get(path.resourceGroup, name);
  if (identity === undefined) {
    throw armError(
      400,
      "FailedIdentityOperation",
      `Identity operation for resource '${workspaceId}' failed with error 'Failed to perform resource identity operation. The user assigned identity '${id}' was not found.'.`,
    );
  }
  const assign = `${identityType}/assign/action`;
  if (!cloud.access.allows(caller.objectId, assign, id)) {
    throw linkedAuthorizationFailed(caller, `${workspaceType}/write`, workspaceId, { action: assign, scope: id });
  }
  return identityProperties.parse(identityBody(identity)).properties;
}
