import "reflect-metadata";
import { createPrivateKey, createPublicKey, randomBytes, webcrypto as crypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { badParameter } from "../errors";
import type { CertificatePolicy, PolicyKey } from "./certificatePolicy";

/** A certificate just made, each part in DER. */
export interface IssuedCertificate {
  readonly certificate: Buffer;
  /** PKCS #8. */
  readonly privateKey: Buffer;
  /** The request that it was made of. */
  readonly csr: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** As Azure does, for clients whose clock is late. */
const backdatedMs = 10 * 60 * 1000;

/**
 * Makes a self-signed certificate as a policy says.
 * @param reused PKCS #8 of the key to keep; a new one where absent
 */
export async function issueSelfSigned(
  { key_props, x509_props }: CertificatePolicy,
  now: Date,
  reused?: Buffer,
): Promise<IssuedCertificate> {
  x509.cryptoProvider.set(crypto);
  const algorithm = algorithmOf(key_props);
  const keys = reused === undefined ? await newKeys(algorithm) : await knownKeys(algorithm, reused);
  const name = subjectName(x509_props.subject);
  const extensions = await extensionsOf(x509_props, keys.publicKey);
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    { name, keys, signingAlgorithm: algorithm, extensions },
    crypto,
  );
  const notBefore = new Date(now.getTime() - backdatedMs);
  const notAfter = monthsLater(now, x509_props.validity_months);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { name, keys, signingAlgorithm: algorithm, extensions, notBefore, notAfter, serialNumber: serialNumber() },
    crypto,
  );
  return {
    certificate: Buffer.from(certificate.rawData),
    privateKey: Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)),
    csr: Buffer.from(request.rawData),
    notBefore,
    notAfter,
  };
}

type Algorithm = RsaHashedKeyGenParams | (EcKeyGenParams & { readonly hash: string });
type RsaHashedKeyGenParams = crypto.RsaHashedKeyGenParams;
type EcKeyGenParams = crypto.EcKeyGenParams;

const curveHashes = { "P-256": "SHA-256", "P-384": "SHA-384", "P-521": "SHA-512" } as const;

const algorithmOf = (key: PolicyKey): Algorithm =>
  key.kty === "RSA"
    ? {
        name: "RSASSA-PKCS1-v1_5",
        hash: "SHA-256",
        publicExponent: new Uint8Array([1, 0, 1]),
        modulusLength: key.key_size,
      }
    : { name: "ECDSA", namedCurve: key.crv, hash: curveHashes[key.crv] };

const newKeys = (algorithm: Algorithm): Promise<crypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

async function knownKeys(algorithm: Algorithm, pkcs8: Buffer): Promise<crypto.CryptoKeyPair> {
  const publicKey = createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
  const spki = publicKey.export({ format: "der", type: "spki" });
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]),
    publicKey: await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]),
  };
}

function subjectName(subject: string): string {
  try {
    new x509.Name(subject);
    return subject;
  } catch {
    throw badParameter(`Property policy.x509_props.subject ${JSON.stringify(subject)} is no X.500 name.`);
  }
}

async function extensionsOf(
  { ekus, key_usage, sans }: CertificatePolicy["x509_props"],
  publicKey: crypto.CryptoKey,
): Promise<x509.Extension[]> {
  const names = [
    ...(sans?.dns_names ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(sans?.emails ?? []).map((value) => ({ type: "email" as const, value })),
  ];
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    ...(key_usage.length > 0 ? [new x509.KeyUsagesExtension(usageFlags(key_usage), true)] : []),
    ...(ekus.length > 0 ? [new x509.ExtendedKeyUsageExtension([...ekus])] : []),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
  ];
}

const { KeyUsageFlags } = x509;
const flags = new Map([
  ["digitalSignature", KeyUsageFlags.digitalSignature],
  ["nonRepudiation", KeyUsageFlags.nonRepudiation],
  ["keyEncipherment", KeyUsageFlags.keyEncipherment],
  ["dataEncipherment", KeyUsageFlags.dataEncipherment],
  ["keyAgreement", KeyUsageFlags.keyAgreement],
  ["keyCertSign", KeyUsageFlags.keyCertSign],
  ["cRLSign", KeyUsageFlags.cRLSign],
  ["encipherOnly", KeyUsageFlags.encipherOnly],
  ["decipherOnly", KeyUsageFlags.decipherOnly],
]);

/** One or more usages as one number. */
function usageFlags(usages: readonly string[]): x509.KeyUsageFlags {
  return usages
    .map((usage) => {
      const flag = flags.get(usage);
      if (flag !== undefined) return flag;
      throw badParameter(`Property policy.x509_props.key_usage has invalid value ${JSON.stringify(usage)}.`);
    })
    .reduce((all, flag) => all | flag);
}

/** What a certificate's key may be used for, by the names of a policy. */
export function keyUsageOf(certificate: Buffer): string[] {
  const { usages = 0 } = new x509.X509Certificate(certificate).getExtension(x509.KeyUsagesExtension) ?? {};
  return [...flags].filter(([, flag]) => (usages & flag) !== 0).map(([usage]) => usage);
}

/** The same day of a later month; the month's last where it has no such day. */
function monthsLater(from: Date, months: number): Date {
  const later = new Date(from);
  later.setUTCMonth(later.getUTCMonth() + months);
  if (later.getUTCDate() !== from.getUTCDate()) later.setUTCDate(0);
  return later;
}

/** A positive serial number: its first bit is clear. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString("hex");
}
