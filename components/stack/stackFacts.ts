/** What a stack exports of one daemon. It has the shape of a Principal. */
export interface ReferencedDaemon {
  /** Application (client) ID. */
  readonly clientId: string;
  /** Object ID of the service principal. */
  readonly objectId: string;
  /** Directory (tenant) ID. */
  readonly tenantId: string;
  /** Format to the URI of the secret that carries it, without a version, which always leads to the newest. */
  readonly secretUris: Record<string, string>;
  /** When the newest secret, or certificate, ends: RFC 3339, UTC. Absent if the credential does not expire. */
  readonly expiresOn?: string;
  /** URI, without a version, of the secret that holds its certificate's private key. Absent without a certificate. */
  readonly certificateUri?: string;
  /** Number of the newest secret's generation. Absent without a secret. */
  readonly generation?: number;
  /** When the next generation starts: RFC 3339, UTC. Absent without rotation. */
  readonly nextRotation?: string;
  /** How its Graph permissions are granted: `grant`, `request` or `external`. Absent where it has none. */
  readonly consent?: string;
  /** Where an administrator grants its Graph permissions. Absent where it has none. */
  readonly adminConsentUrl?: string;
  /** Names of its Graph permissions. */
  readonly permissions: string[];
}

/** What a stack tells, checked. */
export interface StackFacts {
  /** Version of the contract that the stack keeps. */
  readonly contractVersion: number;
  /** Resource ID of the vault. */
  readonly vaultId: string;
  readonly vaultName: string;
  /** `https://<vault>.vault.azure.net/`. */
  readonly vaultUri: string;
  /** `https://<account>.dfs.core.windows.net/`. Absent where no daemon uses a lake. */
  readonly lakeUrl?: string;
  /** The daemons asked for, by name. */
  readonly daemons: Record<string, ReferencedDaemon>;
}
