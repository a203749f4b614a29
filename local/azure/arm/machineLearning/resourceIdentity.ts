import { z } from "zod";
import type { Cloud } from "../../cloud";
import { addManagedIdentity, removeManagedIdentity } from "../../entra/managedIdentities";
import { tenant } from "../../landingZone/layout";
import { armError, linkedAuthorizationFailed } from "../errors";
import { identityBody, identityType, UserAssignedIdentities } from "../managedIdentity/userAssignedIdentity";
import { parseResourcePath } from "../resourcePath";
import type { ArmContext } from "../resourceProvider";

export const identitySchema = z.looseObject({
  type: z.string(),
  userAssignedIdentities: z.record(z.string(), z.unknown()).nullish(),
});

/** The identities of a workspace, a compute or an endpoint, as they are kept and answered. */
export interface ResourceIdentity {
  readonly type: string;
  /** Object ID of the system-assigned identity's service principal. */
  readonly principalId?: string;
  readonly tenantId?: string;
  readonly userAssignedIdentities?: Readonly<Record<string, object>>;
}

/** What has an identity. */
interface IdentityBearer {
  readonly id: string;
  /** What its system-assigned identity is called in the directory. */
  readonly displayName: string;
  /** The action that a caller takes who sets the identity. */
  readonly writeAction: string;
}

const identityProperties = z.looseObject({ properties: z.object({ principalId: z.string(), clientId: z.string() }) });

/**
 * An identity as requested: makes the system-assigned one where there is none yet, and checks that the caller may
 * assign the others.
 * @param otherwise the type where neither the request nor the resource has one
 */
export function resourceIdentity(
  cloud: Cloud,
  requested: z.output<typeof identitySchema> | null | undefined,
  bearer: IdentityBearer,
  before: ResourceIdentity | undefined,
  context: ArmContext,
  otherwise: string,
): ResourceIdentity {
  const type = requested?.type ?? before?.type ?? otherwise;
  const wanted = requested === null || requested === undefined ? before : requested;
  const assigned = isUserAssigned(type) ? Object.keys(wanted?.userAssignedIdentities ?? {}) : [];
  const userAssignedIdentities = Object.fromEntries(
    assigned.map((id) => [id, assignedIdentity(cloud, id, bearer, context)]),
  );
  const users = assigned.length === 0 ? {} : { userAssignedIdentities };
  if (!type.toLowerCase().includes("systemassigned")) {
    return { type, ...users };
  }
  const principalId =
    before?.principalId ??
    addManagedIdentity(cloud.directory, { displayName: bearer.displayName, resourceId: bearer.id }).principalId;
  return { type, principalId, tenantId: tenant.id, ...users };
}

/** Removes the system-assigned identity of a resource that goes. */
export function removeResourceIdentity(cloud: Cloud, identity: ResourceIdentity | undefined): void {
  if (identity?.principalId !== undefined) {
    removeManagedIdentity(cloud.directory, identity.principalId);
  }
}

const isUserAssigned = (type: string): boolean => type.toLowerCase().includes("userassigned");

function assignedIdentity(cloud: Cloud, id: string, bearer: IdentityBearer, { caller }: ArmContext): object {
  const path = parseResourcePath(id);
  const name = path?.providers.at(-1)?.names[0];
  const identity =
    path?.resourceGroup === undefined || name === undefined
      ? undefined
      : new UserAssignedIdentities(cloud.store, cloud.directory).get(path.resourceGroup, name);
  if (identity === undefined) {
    throw armError(
      400,
      "FailedIdentityOperation",
      `Identity operation for resource '${bearer.id}' failed with error 'Failed to perform resource identity operation. The user assigned identity '${id}' was not found.'.`,
    );
  }
  const assign = `${identityType}/assign/action`;
  if (!cloud.access.allows(caller.objectId, assign, id)) {
    throw linkedAuthorizationFailed(caller, bearer.writeAction, bearer.id, { action: assign, scope: id });
  }
  return identityProperties.parse(identityBody(identity)).properties;
}
