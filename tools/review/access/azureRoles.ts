import { lakeRoles, machineLearningRoles } from "../../../components/access/roles";
import { keyHoldingRoles, privilegedRoles, roleId, roleName } from "../../../policy/reference/azureRoles";
import { roleAssignment, roleDefinition } from "../../../policy/rule/resourceTypes";
import type { Estate } from "../estate/estate";
import type { Parties } from "../estate/parties";
import type { Places } from "../estate/places";
import { isOf, type Resource } from "../estate/resource";
import type { Grant } from "./grant";

/** Built-in roles that the policy pack has no rule about. */
const others = new Map(
  [lakeRoles, machineLearningRoles].flatMap(({ usual, privileged }) =>
    Object.entries({ ...usual, ...privileged }).map(([name, id]) => [id, name] as const),
  ),
);

/** Roles that can read the values of a vault's secrets, by where they hold. */
const secretReading: ReadonlySet<string> = new Set([
  "4633458b-17de-408a-b874-0445c86b69e6",
  "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "00482a5a-887f-4fb3-b363-3b7fe8e74483",
]);

/** Roles of which each gives all that those before it give. */
const ladders: readonly (readonly string[])[] = [
  ["Storage Blob Data Reader", "Storage Blob Data Contributor", "Storage Blob Data Owner"],
  ["Reader", "Contributor", "Owner"],
  ["AzureML Metrics Writer (preview)", "AzureML Data Scientist", "Contributor", "Owner"],
  ["Key Vault Secrets User", "Key Vault Secrets Officer", "Key Vault Administrator"],
];

/** Azure roles, in words. */
export function roleGrants({ resources }: Estate, parties: Parties, places: Places): Grant[] {
  const custom = customRoles(resources);
  return resources.filter((each) => isOf(each, roleAssignment)).map((each) => grantOf(each, parties, places, custom));
}

/** Names of the custom roles that the stack makes, by ID. */
function customRoles(resources: readonly Resource[]): ReadonlyMap<string, string> {
  return new Map(
    resources
      .filter((each) => isOf(each, roleDefinition))
      .map(({ inputs }) => [roleId(inputs.text("roleDefinitionId") ?? ""), inputs.text("roleName") ?? ""] as const)
      .filter(([id, name]) => id !== "" && name !== ""),
  );
}

function grantOf(assignment: Resource, parties: Parties, places: Places, custom: ReadonlyMap<string, string>): Grant {
  const given = assignment.inputs.text("roleDefinitionId");
  const id = given === undefined ? undefined : roleId(given);
  const to = places.scopeOf(assignment);
  const type = assignment.inputs.lower("principalType");
  const readsSecrets = id !== undefined && secretReading.has(id) && (to.kind === "secret" || to.kind === "vault");
  return {
    kind: readsSecrets ? "secret-reader" : "azure-role",
    holder: parties.named(assignment, "principalId", principalKinds[type ?? ""] ?? "principal"),
    to,
    by: assignment,
    what: id === undefined ? "a role that is known after the update" : (custom.get(id) ?? nameOf(id)),
    ...(id !== undefined && (privilegedRoles.has(id) || keyHoldingRoles.has(id) || id === dataOwner)
      ? { weight: "privileged" }
      : {}),
  };
}

/** Access control lists don't bind it. */
const dataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

const principalKinds: Readonly<Record<string, string>> = {
  user: "user",
  group: "group",
  serviceprincipal: "service principal",
  foreigngroup: "foreign group",
  device: "device",
};

function nameOf(id: string): string {
  const name = roleName(id);
  return name === id ? (others.get(id) ?? `role ${id}`) : name;
}

/** Whether a set of roles gives more than another, less, or simply something else. */
export function compareRoles(before: readonly string[], after: readonly string[]): "wider" | "narrower" | "other" {
  const ladder = ladders.find((steps) => [...before, ...after].every((role) => steps.includes(role)));
  if (!ladder) return "other";
  const height = (roles: readonly string[]): number => Math.max(...roles.map((role) => ladder.indexOf(role)));
  return height(after) > height(before) ? "wider" : height(after) < height(before) ? "narrower" : "other";
}
