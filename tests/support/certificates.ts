import "reflect-metadata";
import { randomUUID, webcrypto as crypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { SignJWT, type JWTPayload } from "jose";

export interface TestCertificate {
  readonly pem: string;
  readonly privateKeyPem: string;
  readonly privateKey: crypto.CryptoKey;
  /** Thumbprints in base64url. */
  readonly sha1: string;
  readonly sha256: string;
}

const signing = {
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
  shortRsa: {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 1024,
  },
  sha1: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
  ecdsa: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
} as const;

/** Issues a self-signed certificate. */
export async function issueCertificate(
  dates: { readonly notBefore: string; readonly notAfter: string },
  kind: keyof typeof signing = "rsa",
): Promise<TestCertificate> {
  const keys = await crypto.subtle.generateKey(signing[kind], true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=loader",
      serialNumber: "01",
      notBefore: new Date(dates.notBefore),
      notAfter: new Date(dates.notAfter),
      keys,
      signingAlgorithm: signing[kind],
    },
    crypto,
  );
  const thumbprint = async (hash: string): Promise<string> =>
    Buffer.from(await certificate.getThumbprint(hash, crypto)).toString("base64url");
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    pem: certificate.toString("pem"),
    privateKeyPem: x509.PemConverter.encode(pkcs8, "PRIVATE KEY"),
    privateKey: keys.privateKey,
    sha1: await thumbprint("SHA-1"),
    sha256: await thumbprint("SHA-256"),
  };
}

/** Signs a client assertion, valid for ten minutes from a moment on. */
export function signAssertion(
  key: crypto.CryptoKey,
  header: { readonly alg: string; readonly [name: string]: string },
  claims: JWTPayload,
  from: Date,
): Promise<string> {
  const seconds = Math.floor(from.getTime() / 1000);
  return new SignJWT({ jti: randomUUID(), nbf: seconds, exp: seconds + 600, ...claims })
    .setProtectedHeader(header)
    .sign(key);
}
