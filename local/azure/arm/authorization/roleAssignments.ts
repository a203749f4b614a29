import { createHash } from "node:crypto";
import type { Clock } from "../../clock";
import { GroupMembership } from "../../entra/groupMembership";
import type { Collection, Collections } from "../../store/store";
import type { AccessControl } from "./accessControl";
import { permitsAction, permitsDataAction } from "./actionMatch";
import { RoleDefinitions } from "./roleDefinitions";
import type { Permission } from "./roleDefinition";
import { isWithin, scopeKey, scopesAbove } from "./scope";

export type PrincipalType = "ServicePrincipal" | "User" | "Group" | "ForeignGroup" | "Device";

export interface RoleAssignment {
  /** A GUID, unique in the tenant. */
  readonly name: string;
  readonly scope: string;
  /** GUID of the role definition. */
  readonly roleId: string;
  readonly principalId: string;
  readonly principalType: PrincipalType;
  readonly description: string | null;
  readonly createdOn: string;
  readonly updatedOn: string;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
}

/** Every role assignment, found by name or by principal and scope. */
export class RoleAssignments {
  private readonly byName: Collection<RoleAssignment>;
  /** Names of a principal's assignments at one scope: a question costs one look-up for each level of the scope. */
  private readonly byPrincipalAndScope: Collection<readonly string[]>;
  private readonly membership: GroupMembership;

  constructor(store: Collections) {
    this.byName = store.collection("arm.roleAssignments");
    this.byPrincipalAndScope = store.collection("arm.roleAssignmentsByPrincipalAndScope");
    this.membership = new GroupMembership(store);
  }

  get(name: string): RoleAssignment | undefined {
    return this.byName.get(name.toLowerCase());
  }

  all(): RoleAssignment[] {
    return [...this.byName.values()];
  }

  /** A principal's assignments at exactly one scope. */
  at(principalId: string, scope: string): RoleAssignment[] {
    const names = this.byPrincipalAndScope.get(placeKey(principalId, scope)) ?? [];
    return names.flatMap((name) => this.byName.get(name) ?? []);
  }

  /** The assignments of a principal and of its groups that reach a scope, those from above included. */
  reaching(principalId: string, scope: string): RoleAssignment[] {
    const principals = this.membership.principalsOf(principalId);
    return scopesAbove(scope).flatMap((key) => principals.flatMap((principal) => this.at(principal, key)));
  }

  /** Whether one of those that reach a scope is such a one. Asked in every request, so it ends at the first. */
  reaches(principalId: string, scope: string, isSuch: (assignment: RoleAssignment) => boolean): boolean {
    const principals = this.membership.principalsOf(principalId);
    for (const key of scopesAbove(scope)) {
      for (const principal of principals) {
        for (const name of this.byPrincipalAndScope.get(`${principal}|${key}`) ?? []) {
          const assignment = this.byName.get(name);
          if (assignment !== undefined && isSuch(assignment)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a principal or a group of its has a role at a scope, above it or anywhere below it. */
  touches(principalId: string, scope: string): boolean {
    const principals = this.membership.principalsOf(principalId);
    return this.all().some(
      (assignment) =>
        principals.includes(assignment.principalId.toLowerCase()) &&
        (isWithin(assignment.scope, scope) || isWithin(scope, assignment.scope)),
    );
  }

  set(assignment: RoleAssignment): void {
    const key = assignment.name.toLowerCase();
    const place = placeKey(assignment.principalId, assignment.scope);
    const names = this.byPrincipalAndScope.get(place) ?? [];
    this.byName.set(key, assignment);
    if (!names.includes(key)) {
      this.byPrincipalAndScope.set(place, [...names, key]);
    }
  }

  delete(assignment: RoleAssignment): void {
    const key = assignment.name.toLowerCase();
    const place = placeKey(assignment.principalId, assignment.scope);
    const names = (this.byPrincipalAndScope.get(place) ?? []).filter((name) => name !== key);
    this.byName.delete(key);
    if (names.length === 0) {
      this.byPrincipalAndScope.delete(place);
    } else {
      this.byPrincipalAndScope.set(place, names);
    }
  }

  /** Removes every assignment at a scope and below it, as Azure does when the resource there is deleted. */
  deleteWithin(scope: string): void {
    for (const assignment of this.all().filter((candidate) => isWithin(candidate.scope, scope))) {
      this.delete(assignment);
    }
  }
}

/** Decides from the role assignments and role definitions in the store. */
export function createAccessControl(store: Collections, clock: Clock): AccessControl {
  const assignments = new RoleAssignments(store);
  const definitions = new RoleDefinitions(store);
  const allowed = (principalId: string, scope: string, permits: (permission: Permission) => boolean): boolean =>
    assignments.reaches(
      principalId,
      scope,
      ({ roleId }) => definitions.get(roleId)?.permissions.some(permits) ?? false,
    );
  return {
    allows: (principalId, action, scope) =>
      allowed(principalId, scope, (permission) => permitsAction(permission, action)),
    allowsData: (principalId, action, scope) =>
      allowed(principalId, scope, (permission) => permitsDataAction(permission, action)),
    seed({ principalId, roleDefinitionId, scope }) {
      const roleId = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
      if (definitions.get(roleId) === undefined) {
        throw new Error(`there is no role definition ${roleId} to assign at ${scope}`);
      }
      const name = seededName(scope, roleId, principalId);
      const now = clock.now().toISOString();
      if (assignments.get(name) === undefined) {
        assignments.set({
          name,
          scope,
          roleId,
          principalId,
          principalType: "ServicePrincipal",
          description: null,
          createdOn: now,
          updatedOn: now,
          createdBy: null,
          updatedBy: null,
        });
      }
    },
  };
}

const placeKey = (principalId: string, scope: string): string => `${principalId.toLowerCase()}|${scopeKey(scope)}`;

/** The same scope, role and principal always give the same GUID. */
function seededName(scope: string, roleId: string, principalId: string): string {
  const hex = createHash("sha256")
    .update(`${scopeKey(scope)}|${roleId}|${principalId.toLowerCase()}`)
    .digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
