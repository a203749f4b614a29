import type { Caller } from "../entra/caller";
import { insufficientPrivileges } from "./errors";

/** The application permissions that each kind of access needs: one of each list. */
const sufficient = {
  readApplications: [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Application.ReadWrite.OwnedBy",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  /** Beside the right to grant. Graph's table names these, and not the permission for one's own applications. */
  readToGrant: ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  writeApplications: ["Application.ReadWrite.All"],
  writeOwnedApplications: ["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"],
  writeAppRoleAssignments: ["AppRoleAssignment.ReadWrite.All"],
  readDelegatedGrants: [
    "DelegatedPermissionGrant.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  readUsers: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  readBasicUsers: [
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  readGroups: [
    "Group.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  createGroups: ["Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
  writeGroups: ["Group.ReadWrite.All", "Directory.ReadWrite.All"],
  readMembers: [
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  writeMembers: ["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
  /** From the side of whoever is in a group. */
  readMembership: [
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Application.Read.All",
    "Application.ReadWrite.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  writeDelegatedGrants: ["DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"],
  readDirectory: ["Directory.Read.All", "Directory.ReadWrite.All"],
  readOrganization: [
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "User.Read.All",
  ],
  readDomains: ["Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
} as const;

export type Access = keyof typeof sufficient;

/** Whether the caller's token carries a permission that is enough. */
export const may = (caller: Caller, access: Access): boolean =>
  sufficient[access].some((permission) => caller.roles.includes(permission));

/** @throws ServiceError 403 where the token carries none of the permissions that are enough */
export function require(caller: Caller, access: Access): void {
  if (!may(caller, access)) {
    throw insufficientPrivileges();
  }
}

/**
 * Changing an application or its service principal takes the permission for all, or the one for one's own and ownership.
 * @throws ServiceError 403
 */
export function requireWrite(caller: Caller, owners: readonly string[]): void {
  require(caller, "writeOwnedApplications");
  if (!may(caller, "writeApplications") && !owners.includes(caller.objectId)) {
    throw insufficientPrivileges();
  }
}
