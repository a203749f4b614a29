/** Who may read every credential, as a platform stack says. */
export interface PlatformReader {
  /** Object ID. */
  readonly objectId: string;
  /** `ServicePrincipal`, `Group` or `User`. Absent where the platform leaves it to the default. */
  readonly principalType?: string;
  /** Credential formats that it may read. Absent for all. */
  readonly formats?: string[];
}

/** What a platform stack offers to other stacks, checked. */
export interface PlatformFacts {
  /** Version of the contract that the stack keeps. */
  readonly platformVersion: number;
  /** Region in its short form. */
  readonly location: string;
  readonly resourceGroupName: string;
  /** Resource IDs of its vaults by their names in the platform's settings. */
  readonly vaultIds: Record<string, string>;
  /** Resource ID of the lake's storage account. Absent where the platform has no lake. */
  readonly lakeAccountId?: string;
  /** Names of the file systems that the platform creates. */
  readonly fileSystems: string[];
  /** The workspace of daemons that name none. Absent where the platform names none either. */
  readonly workspaceId?: string;
  /** Job to the resource groups, by ID, in whose workspaces its custom role can be assigned. */
  readonly jobRoles: Record<string, string[]>;
  readonly readers: PlatformReader[];
}
