import { randomBytes } from "node:crypto";
import type { Directory } from "./directory";
import type { AppRoleAssignmentRecord, ServicePrincipalRecord } from "./records";

/** The ID that stands for "access without a particular role". */
export const defaultAccessRoleId = "00000000-0000-0000-0000-000000000000";

/** Gives a principal an app role on a resource. The caller has checked that all three exist. */
export function assignAppRole(
  directory: Directory,
  grant: Pick<AppRoleAssignmentRecord, "principalId" | "resourceId" | "appRoleId">,
): AppRoleAssignmentRecord {
  const assignment = {
    ...grant,
    id: randomBytes(32).toString("base64url"),
    createdDateTime: directory.clock.now().toISOString().replace(/Z$/, "0000Z"),
  };
  directory.appRoleAssignments.set(assignment.id, assignment);
  return assignment;
}

/** The values of the enabled app roles that a principal holds on a resource: a token's `roles`. */
export function heldAppRoles(directory: Directory, principalId: string, resource: ServicePrincipalRecord): string[] {
  const offered = new Map(directory.appRolesOf(resource).map((role) => [role.id.toLowerCase(), role]));
  const held: string[] = [];
  for (const assignment of directory.appRoleAssignments.values()) {
    if (assignment.principalId === principalId && assignment.resourceId === resource.id) {
      const role = offered.get(assignment.appRoleId.toLowerCase());
      if (role?.isEnabled === true && role.value !== null) {
        held.push(role.value);
      }
    }
  }
  return held;
}
