/** One version of a secret. Times are Unix seconds. */
export interface SecretVersion {
  /** 32 hexadecimal digits. */
  readonly version: string;
  /** The value, sealed by the state's key. */
  readonly sealed: string;
  readonly contentType?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly notBefore?: number;
  readonly expires?: number;
  readonly created: number;
  readonly updated: number;
}

/** A secret with its versions, oldest first. Never without one. */
export interface SecretRecord {
  readonly name: string;
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
  /** Set while the secret is soft-deleted. Unix seconds. */
  readonly deletion?: { readonly date: number; readonly scheduledPurge: number };
}

export const latest = ({ versions }: SecretRecord): SecretVersion => versions[versions.length - 1] ?? versions[0];

/** The version asked for; the latest where none is. */
export const versionOf = (secret: SecretRecord, version: string | undefined): SecretVersion | undefined =>
  version === undefined || version === ""
    ? latest(secret)
    : secret.versions.find((candidate) => candidate.version === version.toLowerCase());
