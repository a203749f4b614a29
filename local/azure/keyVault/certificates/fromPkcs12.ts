import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import forge from "node-forge";
import { badParameter } from "../errors";
import { type KeyedCertificate, keyedCertificate } from "./keyedCertificate";

/**
 * Takes a PKCS #12 file apart: a private key, its certificate, and those of its issuers.
 * @throws ServiceError 400, in words that never quote it
 */
export function fromPkcs12(file: Buffer, password: string): KeyedCertificate {
  let parts;
  try {
    parts = opened(file, password);
  } catch {
    throw badParameter(
      "The specified PKCS#12 X.509 certificate content can not be read. Please check if certificate is in valid PKCS#12 format.",
    );
  }
  const [key] = parts.keys;
  if (key === undefined || parts.certificates.length === 0) {
    throw badParameter(
      "The specified PKCS#12 X.509 certificate content is missing its private key or its certificate.",
    );
  }
  return keyedCertificate(key, parts.certificates);
}

function opened(file: Buffer, password: string): { keys: readonly KeyObject[]; certificates: X509Certificate[] } {
  const parsed = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(file.toString("binary")), password);
  const bags = parsed.safeContents.flatMap(({ safeBags }) => safeBags);
  return {
    keys: bags.filter(({ type }) => type === oids["keyBag"] || type === oids["pkcs8ShroudedKeyBag"]).map(keyIn),
    certificates: bags.filter(({ type }) => type === oids["certBag"]).map(certificateIn),
  };
}

const { oids } = forge.pki;
const derOf = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), "binary");

/** Forge reads RSA alone; of other keys it hands on what it has decrypted. */
const keyIn = ({ key, asn1 }: forge.pkcs12.Bag): KeyObject =>
  createPrivateKey(key ? forge.pki.privateKeyToPem(key) : { key: derOf(asn1), format: "der", type: "pkcs8" });

const certificateIn = ({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate =>
  new X509Certificate(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));
