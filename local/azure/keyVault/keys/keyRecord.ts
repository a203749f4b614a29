import type { VaultObject } from "../vaultObjects";
import type { RotationPolicy } from "./rotationPolicy";

export const keyOperations = ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import"] as const;
/** What a key may be used for, by the names that a JSON Web Key has. */
export type KeyOperation = (typeof keyOperations)[number];

export const curves = ["P-256", "P-384", "P-521", "P-256K"] as const;
export type Curve = (typeof curves)[number];

export const rsaSizes = [2048, 3072, 4096] as const;

/** The kind of a key. */
export type KeyKind =
  { readonly kty: "RSA"; readonly size: (typeof rsaSizes)[number] } | { readonly kty: "EC"; readonly curve: Curve };

/** One version of a key. Times are Unix seconds. */
export interface KeyVersion {
  /** 32 hexadecimal digits. */
  readonly version: string;
  readonly kind: KeyKind;
  /** PKCS #8 of the private key in base64, sealed by the state's key. */
  readonly sealedKey: string;
  readonly operations: readonly KeyOperation[];
  readonly enabled: boolean;
  readonly notBefore?: number;
  readonly expires?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a certificate, whose life Key Vault keeps in its own hands. */
  readonly managed?: true;
  readonly created: number;
  readonly updated: number;
}

/** A key with its versions, oldest first. Never without one. */
export interface KeyRecord extends VaultObject {
  readonly versions: readonly [KeyVersion, ...KeyVersion[]];
  readonly rotationPolicy?: RotationPolicy;
}

/** Whether the key is a certificate's. */
export const isManagedKey = ({ versions }: KeyRecord): boolean => versions[0].managed === true;
