import type { Collection, Collections } from "../../store/store";
import { builtInRoles } from "./builtInRoles";
import type { BuiltInRole, RoleDefinition } from "./roleDefinition";

/** Azure's own roles have been there for ever; this date stands in for the real ones. */
const builtInSince = "2015-02-02T21:55:09.8806423Z";

const builtIn: ReadonlyMap<string, RoleDefinition> = new Map(builtInRoles.map((role) => [role.id, definitionOf(role)]));

/** The built-in roles, and the custom ones in the store. */
export class RoleDefinitions {
  private readonly custom: Collection<RoleDefinition>;

  constructor(store: Collections) {
    this.custom = store.collection("arm.roleDefinitions");
  }

  get(id: string): RoleDefinition | undefined {
    const key = id.toLowerCase();
    return builtIn.get(key) ?? this.custom.get(key);
  }

  all(): RoleDefinition[] {
    return [...builtIn.values(), ...this.custom.values()];
  }

  set(definition: RoleDefinition): void {
    this.custom.set(definition.id.toLowerCase(), definition);
  }

  delete(id: string): void {
    this.custom.delete(id.toLowerCase());
  }
}

function definitionOf({ id, name, description, ...permission }: BuiltInRole): RoleDefinition {
  return {
    id,
    name,
    description,
    type: "BuiltInRole",
    permissions: [permission],
    assignableScopes: ["/"],
    createdOn: builtInSince,
    updatedOn: builtInSince,
    createdBy: null,
    updatedBy: null,
  };
}
