import { tenant } from "../../landingZone/layout";
import { armError } from "../errors";
import { guidDigits } from "./guid";
import type { RoleAssignment } from "./roleAssignments";

export const invalidAssignmentName = (name: string) =>
  armError(
    400,
    "InvalidRoleAssignmentId",
    `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
  );

export const invalidPrincipalId = (id: string) =>
  armError(400, "InvalidPrincipalId", `The Principal ID '${id}' is not valid. Principal ID must be a GUID.`);

export const invalidRoleDefinitionId = (id: string) =>
  armError(
    400,
    "InvalidRoleDefinitionId",
    `The role definition ID '${id}' is not valid. The role definition ID must be a GUID.`,
  );

export const assignmentExists = (existing: RoleAssignment) =>
  armError(
    409,
    "RoleAssignmentExists",
    `The role assignment already exists. The ID of the existing role assignment is ${guidDigits(existing.name)}.`,
  );

export const updateNotPermitted = () =>
  armError(
    400,
    "RoleAssignmentUpdateNotPermitted",
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
  );

/** Two blanks before "See", as Azure sends it. */
export const principalNotFound = (principalId: string) =>
  armError(
    400,
    "PrincipalNotFound",
    `Principal ${guidDigits(principalId)} does not exist in the directory ${tenant.id}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
  );

/** The blank and the spelling are Azure's own. */
export const unmatchedPrincipalType = (principalId: string, actual: string, given: string) =>
  armError(
    400,
    "UnmatchedPrincipalType",
    `The PrincipalId '${guidDigits(principalId)}' has type '${actual}' , which is different from specified PrinciaplType '${given}'.`,
  );

export const roleDefinitionDoesNotExist = (id: string) =>
  armError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${guidDigits(id)}' does not exist.`,
  );

export const notAssignableAt = (scope: string, role: string) =>
  armError(
    400,
    "RoleAssignmentScopeNotAssignableToRoleDefinition",
    `The assignment scope '${scope}' is not assignable to role definition '${role}'.`,
  );

export const assignmentLimitExceeded = () =>
  armError(400, "RoleAssignmentLimitExceeded", "The role assignment limit for the subscription has been exceeded.");

export const assignmentNotFound = (name: string) =>
  armError(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`);

export const conditionsUnsupported = () =>
  armError(
    501,
    "NotImplemented",
    "Local Azure does not evaluate conditions on role assignments, so it does not accept one with a condition or delegatedManagedIdentityResourceId.",
  );
