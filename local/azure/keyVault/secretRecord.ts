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
