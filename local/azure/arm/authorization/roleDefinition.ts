/** What a role permits: each pattern may hold `*`, for any number of characters. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** A role that Azure comes with. */
export interface BuiltInRole extends Permission {
  /** The GUID that every Azure tenant knows the role by. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A built-in or custom role, as it is kept and compared. */
export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: "BuiltInRole" | "CustomRole";
  readonly permissions: readonly Permission[];
  readonly assignableScopes: readonly string[];
  readonly createdOn: string;
  readonly updatedOn: string;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
}
