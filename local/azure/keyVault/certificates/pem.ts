import { createPrivateKey, X509Certificate } from "node:crypto";
import { badParameter, notInLocalAzure } from "../errors";
import type { KeyedCertificate } from "./certificates";

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/(.{64})(?=.)/g, "$1\n")}\n-----END ${label}-----\n`;

export const keyPem = (pkcs8: Buffer): string => pem("PRIVATE KEY", pkcs8);
export const certificatePem = (certificate: Buffer): string => pem("CERTIFICATE", certificate);

/**
 * Takes apart what a client imports.
 * @throws ServiceError 400 for no PEM with both, 501 for PKCS #12, in words that never quote it
 */
export function keyedCertificate(value: string): KeyedCertificate {
  const [key] = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/.exec(value) ?? [];
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(value) ?? [];
  if (key === undefined && certificate === undefined) {
    throw notInLocalAzure("the import of PKCS #12: send the private key (PKCS #8) and the certificate in PEM");
  }
  if (key === undefined || certificate === undefined) {
    throw badParameter("The specified PEM X.509 certificate content is missing its private key or its certificate.");
  }
  try {
    const read = new X509Certificate(certificate);
    const privateKey = createPrivateKey(key);
    if (read.checkPrivateKey(privateKey)) {
      return { certificate: read.raw, privateKey: privateKey.export({ format: "der", type: "pkcs8" }) };
    }
  } catch {
    throw badParameter("The specified PEM X.509 certificate content is in an unexpected format.");
  }
  throw badParameter("The private key is not that of the certificate.");
}
