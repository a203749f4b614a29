import type { VaultObject } from "./vaultObjects";

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
  /** Of a certificate, whose life Key Vault keeps in its own hands. */
  readonly managed?: true;
  readonly created: number;
  readonly updated: number;
}

/** A secret with its versions, oldest first. Never without one. */
export interface SecretRecord extends VaultObject {
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
}

/** Whether the secret is a certificate's. */
export const isManaged = ({ versions }: SecretRecord): boolean => versions[0].managed === true;

export const latest = ({ versions }: SecretRecord): SecretVersion => versions[versions.length - 1] ?? versions[0];

/** The version asked for; the latest where none is. */
export const versionOf = (secret: SecretRecord, version: string | undefined): SecretVersion | undefined =>
  version === undefined || version === ""
    ? latest(secret)
    : secret.versions.find((candidate) => candidate.version === version.toLowerCase());
