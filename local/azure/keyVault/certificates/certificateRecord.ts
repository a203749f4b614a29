import type { VaultObject } from "../vaultObjects";
import type { CertificatePolicy } from "./certificatePolicy";

/** One version of a certificate. Clients read its private key in the secret of the same name and version. Times are Unix seconds. */
export interface CertificateVersion {
  /** 32 hexadecimal digits. */
  readonly version: string;
  /** The certificate's DER in base64. */
  readonly cer: string;
  /** PKCS #8 of the private key in base64, sealed by the state's key. */
  readonly sealedKey: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly notBefore: number;
  readonly expires: number;
  readonly created: number;
  readonly updated: number;
}

/** How the newest version came about: what `pending` tells. */
export interface CertificateOperation {
  readonly requestId: string;
  /** The request's DER in base64. */
  readonly csr: string;
}

/** A certificate with its versions, oldest first. Never without one. */
export interface CertificateRecord extends VaultObject {
  /** For the next version; the newest was made by it too, unless it was changed since. */
  readonly policy: CertificatePolicy;
  readonly policyDates: { readonly created: number; readonly updated: number };
  readonly versions: readonly [CertificateVersion, ...CertificateVersion[]];
  /** Absent where the newest version was imported, or the operation was deleted. */
  readonly operation?: CertificateOperation;
}
