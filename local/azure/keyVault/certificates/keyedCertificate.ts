import type { KeyObject, X509Certificate } from "node:crypto";
import { badParameter } from "../errors";
import { pkcs8 } from "../keys/keyMaterial";

/** A certificate and its key, in DER. */
export interface KeyedCertificate {
  readonly certificate: Buffer;
  /** PKCS #8. */
  readonly privateKey: Buffer;
  /** Of those who issued it, the nearest first. @default none */
  readonly issuers?: readonly Buffer[];
}

/** The certificate that a key belongs to, and the others as its issuers. @throws ServiceError 400 where there is none */
export function keyedCertificate(key: KeyObject, certificates: readonly X509Certificate[]): KeyedCertificate {
  const own = certificates.find((each) => each.checkPrivateKey(key));
  if (own === undefined) {
    throw badParameter("The private key is not that of the certificate.");
  }
  const issuers = certificates.filter((each) => each !== own).map(({ raw }) => raw);
  return { certificate: own.raw, privateKey: pkcs8(key), issuers };
}
