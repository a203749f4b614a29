/** What a stack's run does with what its program declares. */
export const operations = {
  preview: "what the program itself reads, in a preview",
  up: "creates and changes what is declared",
  refresh: "reads the current state",
  remove: "an up after something was removed, such as a daemon",
  destroy: "deletes everything",
  expire: "disables expired versions in the vault: credentials disable-expired",
  doctor: "doctor itself",
} as const;

export type Operation = keyof typeof operations;

export const everyOperation = Object.keys(operations) as readonly Operation[];

export type Inputs = Readonly<Record<string, unknown>>;

/** Where a stack is deployed. */
export interface Place {
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Names of vaults that the settings speak of: one may be what the provider has drawn. @default none */
  readonly drawnNames?: readonly string[];
}

/** An action of Azure RBAC. */
export interface AzureRight {
  readonly kind: "action" | "dataAction";
  /** For example "Microsoft.KeyVault/vaults/write". */
  readonly action: string;
  /** ID of what it is done to, made by the program or not. */
  readonly scope: string;
}

/** A kind of access to Microsoft Graph. */
export interface GraphRight {
  readonly kind: "graph";
  readonly access: GraphAccess;
}

/** Ownership of an application, which the permission for one's own applications needs. */
export interface OwnershipRight {
  readonly kind: "ownership";
  /** `/applications/<object ID>`. */
  readonly applicationId: string;
}

export type Right = AzureRight | GraphRight | OwnershipRight;

export type GraphAccess = keyof typeof graphAccess;

/** People's directory roles, whose template IDs a token carries. */
export const directoryRoles = {
  "Application Developer": "cf1c38e5-3621-4004-a7cb-879624dced7c",
  "Cloud Application Administrator": "158c047a-c907-4556-b7ef-446551a6b5f7",
  "Application Administrator": "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  "Privileged Role Administrator": "e8611ab8-c189-46e8-94e1-60213ab1f814",
  "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
  "Directory Readers": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
} as const;

export type DirectoryRole = keyof typeof directoryRoles;

interface AccessRow {
  /** Application permissions, each enough by itself, the least first. */
  readonly permissions: readonly [string, ...string[]];
  /** Directory roles of people, each enough by itself, the least first. */
  readonly roles: readonly DirectoryRole[];
  readonly what: string;
}

/** The kinds of access to Microsoft Graph, and what gives them. */
export const graphAccess = {
  writeOwnApplications: {
    permissions: ["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All"],
    roles: [
      "Application Developer",
      "Cloud Application Administrator",
      "Application Administrator",
      "Global Administrator",
    ],
    what: "to create applications and service principals, and to change and delete those it owns",
  },
  grant: {
    permissions: ["AppRoleAssignment.ReadWrite.All"],
    roles: ["Privileged Role Administrator", "Global Administrator"],
    what: "to grant and revoke the daemons' permissions. It can grant any permission to any principal",
  },
  readToGrant: {
    // Graph's own table names no others for this, not even the one for one's own applications.
    permissions: ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    roles: ["Privileged Role Administrator", "Global Administrator"],
    what: "to read both ends of a grant, which Graph asks for beside the right to grant",
  },
  readApplications: {
    permissions: [
      "Application.Read.All",
      "Application.ReadWrite.OwnedBy",
      "Application.ReadWrite.All",
      "Directory.Read.All",
      "Directory.ReadWrite.All",
    ],
    roles: [
      "Directory Readers",
      "Application Developer",
      "Cloud Application Administrator",
      "Application Administrator",
      "Privileged Role Administrator",
      "Global Administrator",
    ],
    what: "to read applications and service principals",
  },
  readUsers: {
    permissions: ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    roles: ["Directory Readers", "Global Administrator"],
    what: "to look people up",
  },
} as const satisfies Readonly<Record<string, AccessRow>>;

export const accessRow = (access: GraphAccess): AccessRow => graphAccess[access];

export const action = (name: string, scope: string): AzureRight => ({ kind: "action", action: name, scope });
export const dataAction = (name: string, scope: string): AzureRight => ({ kind: "dataAction", action: name, scope });
export const graph = (access: GraphAccess): GraphRight => ({ kind: "graph", access });
