import * as pulumi from "@pulumi/pulumi";
import { assignmentName } from "./assignmentName";
import { perRun } from "./perRun";

/** The names that resources have taken. */
const takenInRun = perRun(() => new Map<string, string>());

/**
 * The name of a role assignment, which one resource of a run can have. A second one would be refused by Azure with 409
 * RoleAssignmentExists, in the middle of an update.
 *
 * @param name the resource that asks, by its name
 * @throws RunError where another resource of the run has it
 */
export function assignedOnce(name: string, [role, principalId, scope]: readonly [string, string, string]): string {
  const assignment = assignmentName(scope, role, principalId);
  const taken = takenInRun();
  const other = taken.get(assignment);
  if (other !== undefined) {
    throw new pulumi.RunError(
      `${name}: ${other} assigns the same role (${role}) to the same principal (${principalId}) at the same scope (${scope}), ` +
        "and Azure takes an assignment once. Remove one of the two.",
    );
  }
  taken.set(assignment, name);
  return assignment;
}
