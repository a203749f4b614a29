/** What a grant lets its holder do. */
export const abilities = [
  "read secrets",
  "write secrets",
  "read files",
  "write files",
  "read the workspace",
  "run jobs",
  "start computes",
  "call endpoints",
  "call the API",
  "act as it",
  "assign roles",
  "change settings",
  "administer the directory",
] as const;
export type Ability = (typeof abilities)[number];

const inWorkspaces = ["run jobs", "start computes", "call endpoints"] as const;

/** Built-in roles by ID. Any other gives what its name says, and this report can't tell it. */
const byRole: Readonly<Record<string, readonly Ability[]>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": [
    "read the workspace",
    ...inWorkspaces,
    "act as it",
    "change settings",
    "assign roles",
  ],
  "b24988ac-6180-42a0-ab88-20f7382dd24c": ["read the workspace", ...inWorkspaces, "act as it", "change settings"],
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": ["read the workspace"],
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": ["read the workspace", "assign roles"],
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": ["read the workspace", "assign roles"],
  "4633458b-17de-408a-b874-0445c86b69e6": ["read secrets"],
  "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba": ["read secrets"],
  "749f88d5-cbae-40b8-bcfc-e573ddc772fa": ["read the workspace"],
  "92aaf0da-9dab-42b6-94a3-d43ce8d16293": ["read the workspace"],
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": ["read secrets", "write secrets"],
  "00482a5a-887f-4fb3-b363-3b7fe8e74483": ["read secrets", "write secrets"],
  "f25e0fa2-a7c8-4377-a976-54943a77a395": ["change settings"],
  "8b54135c-b56d-4d72-a534-26097cfdc8d8": ["assign roles"],
  "17d1049b-9a84-46fb-8f53-869881c3d3ab": ["change settings"],
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": ["read files"],
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": ["read files", "write files"],
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": ["read files", "write files"],
  "f6c7c914-8db3-469d-8ca1-694a8f32e121": ["read the workspace", ...inWorkspaces],
  "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815": ["start computes"],
  "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59": ["act as it", "change settings"],
  "f1a07417-d97a-45cb-824c-7a7467783830": ["act as it"],
  "7e559ce2-48d7-4b27-9128-fa1b247f1308": ["act as it"],
};

export const abilitiesOfRole = (id: string): readonly Ability[] => byRole[id] ?? [];

/** What a role definition permits. */
export interface Permitted {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

const learning = "Microsoft.MachineLearningServices/workspaces";
const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** An action that shows an ability; any of them does. */
const byAction: readonly (readonly [Ability, kind: "control" | "data", actions: readonly string[]])[] = [
  ["read secrets", "data", ["Microsoft.KeyVault/vaults/secrets/getSecret/action"]],
  ["write secrets", "data", ["Microsoft.KeyVault/vaults/secrets/setSecret/action"]],
  ["read files", "data", [`${blobs}/read`]],
  ["write files", "data", [`${blobs}/write`]],
  ["read the workspace", "control", [`${learning}/read`]],
  ["run jobs", "control", [`${learning}/jobs/write`]],
  ["start computes", "control", [`${learning}/computes/start/action`]],
  ["call endpoints", "control", [`${learning}/onlineEndpoints/score/action`]],
  ["act as it", "control", [`${identities}/assign/action`, `${identities}/federatedIdentityCredentials/write`]],
  [
    "change settings",
    "control",
    [
      `${learning}/write`,
      "Microsoft.KeyVault/vaults/write",
      "Microsoft.Storage/storageAccounts/write",
      `${identities}/write`,
    ],
  ],
  ["assign roles", "control", ["Microsoft.Authorization/roleAssignments/write"]],
];

/** What a role lets its holder do, by its definition. */
export const abilitiesOfActions = (permitted: readonly Permitted[]): Ability[] =>
  byAction
    .filter(([, kind, actions]) =>
      actions.some((action) =>
        permitted.some((each) =>
          kind === "data"
            ? covers(each.dataActions, action) && !covers(each.notDataActions, action)
            : covers(each.actions, action) && !covers(each.notActions, action),
        ),
      ),
    )
    .map(([ability]) => ability);

const covers = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => expression(pattern).test(action));

/** In any letter case; between two slashes a wildcard may stand for nothing, as in Azure. */
function expression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+?()[\]{}|]/g, "\\$&")
    .split("/*/")
    .map((part) => part.replaceAll("*", ".*"))
    .join("/(?:.*/)?");
  return new RegExp(`^${source}$`, "is");
}

/** Abilities that count on a kind of resource. Rights over rights count on every kind. */
const byKind: Readonly<Record<string, readonly Ability[]>> = {
  secret: ["read secrets", "write secrets"],
  vault: ["read secrets", "write secrets"],
  "file system": ["read files", "write files"],
  "storage account": ["read files", "write files"],
  "Data Lake Store account": ["read files", "write files"],
  "Machine Learning workspace": ["read the workspace", ...inWorkspaces],
  "Microsoft Graph permission": ["call the API"],
  "application role": ["call the API"],
  application: ["act as it"],
  "service principal": ["act as it"],
  "managed identity": ["act as it"],
  directory: ["administer the directory"],
};

/** Abilities by which someone reaches a thing of this kind; undefined where every ability counts. */
export const abilitiesOn = (kind: string): readonly Ability[] | undefined => byKind[kind];

/** Abilities that lead to any other right on the thing. */
export const overRights: readonly Ability[] = ["assign roles", "change settings"];
