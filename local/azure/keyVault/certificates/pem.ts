import { createPrivateKey, X509Certificate } from "node:crypto";
import { badParameter } from "../errors";
import { type KeyedCertificate, keyedCertificate } from "./keyedCertificate";

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/(.{64})(?=.)/g, "$1\n")}\n-----END ${label}-----\n`;

export const keyPem = (pkcs8: Buffer): string => pem("PRIVATE KEY", pkcs8);
export const certificatePem = (certificate: Buffer): string => pem("CERTIFICATE", certificate);

const keyBlock = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END \1?PRIVATE KEY-----/;
const certificateBlocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Takes PEM apart: a private key in PKCS #8, its certificate, and those of its issuers.
 * @throws ServiceError 400, in words that never quote it
 */
export function fromPem(text: string, password: string): KeyedCertificate {
  const [key] = keyBlock.exec(text) ?? [];
  const certificates = text.match(certificateBlocks) ?? [];
  if (key === undefined || certificates.length === 0) {
    throw badParameter("The specified PEM X.509 certificate content is missing its private key or its certificate.");
  }
  let parts;
  try {
    parts = {
      key: createPrivateKey({ key, passphrase: password }),
      certificates: certificates.map((each) => new X509Certificate(each)),
    };
  } catch {
    throw badParameter("The specified PEM X.509 certificate content is in an unexpected format.");
  }
  return keyedCertificate(parts.key, parts.certificates);
}
