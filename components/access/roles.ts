import { isGuid } from "../checks/identifiers";
import { didYouMean } from "../checks/nearest";
import type { Check } from "../checks/refusal";

/** Azure's built-in roles that are of use on one kind of resource: their names and the GUIDs of their definitions. */
export interface RoleTable {
  /** Roles that give no more than the work needs. */
  readonly usual: Readonly<Record<string, string>>;
  /** Roles that give more, such as rights over other people's rights. They need an explicit word. */
  readonly privileged: Readonly<Record<string, string>>;
}

export const lakeRoles: RoleTable = {
  usual: {
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  },
  // A superuser of the lake: access control lists don't bind it.
  privileged: { "Storage Blob Data Owner": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" },
};

export const machineLearningRoles: RoleTable = {
  usual: {
    "AzureML Data Scientist": "f6c7c914-8db3-469d-8ca1-694a8f32e121",
    "AzureML Compute Operator": "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815",
    "AzureML Metrics Writer (preview)": "635dd51f-9968-44d3-b7fb-6d9a6bd613ae",
    Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  },
  privileged: {
    Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  },
};

/** Reads a secret's value, and nothing else of a vault. */
export const KEY_VAULT_SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

/** Roles on what a workspace is linked to. */
export const linkedRoles: Readonly<Record<string, string>> = {
  ...lakeRoles.usual,
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  "Key Vault Secrets User": KEY_VAULT_SECRETS_USER,
};

const DEFINITION_ID =
  /^(?:\/subscriptions\/[0-9a-f-]{36})?\/providers\/Microsoft\.Authorization\/roleDefinitions\/([0-9a-f-]{36})$/i;

/** Never for a daemon, by whatever name they are asked for: each can hand out rights or read keys. */
const PRIVILEGED_ANYWHERE: Readonly<Record<string, string>> = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  "Storage Account Contributor": "17d1049b-9a84-46fb-8f53-869881c3d3ab",
};

/** Judges a role given by its name or by the ID of its definition. */
export const roleIn =
  (table: RoleTable, allowPrivileged: boolean): Check =>
  (role) => {
    const guid = table.usual[role] ?? table.privileged[role] ?? definitionGuid(role);
    if (guid === undefined) {
      const known = [...Object.keys(table.usual), ...(allowPrivileged ? Object.keys(table.privileged) : [])];
      return {
        needed: "a built-in role of this kind of resource, or the ID of a role definition",
        fix: didYouMean(role, known, `Choose one of ${known.map((name) => `"${name}"`).join(", ")}.`),
      };
    }
    if (allowPrivileged || !isPrivileged(table, guid)) return undefined;
    return {
      needed: "a role without rights beyond the daemon's work",
      fix: `Choose ${JSON.stringify(Object.keys(table.usual)[0])}, or set allowPrivilegedRole to true.`,
    };
  };

/**
 * The full ID of a checked role's definition, which is how Azure answers it and so what later runs compare with: the same
 * whether the role is given by its name, or by its ID with or without a subscription.
 */
export function roleDefinitionId(table: RoleTable, role: string, subscriptionId: string): string {
  const guid = table.usual[role] ?? table.privileged[role] ?? (isWithoutSubscription(role) && definitionGuid(role));
  return guid === undefined || guid === false ? role : definitionId(subscriptionId, guid);
}

/** Whether a role is, or may turn out to be, the ID of a definition that names no subscription. */
export const isWithoutSubscription = (role: unknown): boolean =>
  typeof role === "string" ? /^\/providers\//i.test(role) : role !== undefined;

export const definitionId = (subscriptionId: string, guid: string): string =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

function definitionGuid(role: string): string | undefined {
  const guid = DEFINITION_ID.exec(role)?.[1]?.toLowerCase();
  return guid !== undefined && isGuid(guid) ? guid : undefined;
}

const isPrivileged = (table: RoleTable, guid: string): boolean =>
  Object.values(table.privileged).includes(guid) || Object.values(PRIVILEGED_ANYWHERE).includes(guid);
