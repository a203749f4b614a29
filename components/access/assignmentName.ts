import { stableGuid } from "./stableGuid";

/**
 * The name of a role assignment: a version-5 UUID of what it says. The same grant gets the same name in every run, so
 * a grant that was made before is met again and not made twice.
 */
export const assignmentName = (scope: string, roleDefinitionId: string, principalId: string): string =>
  stableGuid(scope, roleDefinitionId, principalId);
