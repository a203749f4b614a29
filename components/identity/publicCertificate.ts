import { X509Certificate } from "node:crypto";
import { inUtc, instant } from "../checks/moments";
import type { Check, Refusal } from "../checks/refusal";

const LEAST_RSA_BITS = 2048;
const LATEST_START_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

/** A public certificate, read from its PEM. */
export interface PublicCertificate {
  /** The certificate alone, in PEM as OpenSSL writes it, however it was given. */
  readonly pem: string;
  /** SHA-1 thumbprint in hexadecimal, lowercase letters. */
  readonly thumbprint: string;
  /** SHA-1 thumbprint in base64url, as `x5t` of an assertion carries it. */
  readonly x5t: string;
  /** SHA-256 thumbprint in hexadecimal, lowercase letters. */
  readonly thumbprintSha256: string;
  /** First moment: RFC 3339, UTC. */
  readonly notBefore: string;
  /** Last moment: RFC 3339, UTC. */
  readonly notAfter: string;
}

/** Takes a checked certificate apart. */
export function publicCertificate(pem: string): PublicCertificate {
  const certificate = new X509Certificate(pem);
  const thumbprint = plain(certificate.fingerprint);
  return {
    pem: certificate.toString(),
    thumbprint,
    x5t: Buffer.from(thumbprint, "hex").toString("base64url"),
    thumbprintSha256: plain(certificate.fingerprint256),
    notBefore: inUtc(Date.parse(certificate.validFrom)),
    notAfter: inUtc(Date.parse(certificate.validTo)),
  };
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(":", "").toLowerCase();

const refusal = (needed: string, fix: string): Refusal => ({ needed, fix });

/**
 * Judges a certificate in PEM by itself: public alone, readable, strong, and of a time near a moment. No refusal has
 * anything of the text.
 *
 * @param asOf RFC 3339; the certificate's start is not judged where absent
 */
export const certificatePem =
  (asOf?: string): Check =>
  (pem) => {
    if (pem.includes("PRIVATE KEY")) {
      return refusal(
        "the public certificate alone, without its private key",
        "Remove the private key, and give the daemon a new certificate: anyone who saw this text can sign in with the old one.",
      );
    }
    if (pem.split("-----BEGIN ").length > 2) {
      return refusal("one certificate, not a chain", "Leave the daemon's own, and remove those of its issuers.");
    }
    const certificate = parsed(pem);
    if (!certificate) {
      return refusal(
        "a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
        "Make one with `npx daemon-access credentials certificate`.",
      );
    }
    return keyRefusal(certificate) ?? startRefusal(certificate, asOf);
  };

function keyRefusal({ publicKey, raw }: X509Certificate): Refusal | undefined {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== "rsa" || bits < LEAST_RSA_BITS) {
    const found = publicKey.asymmetricKeyType === "rsa" ? `${bits} bits` : (publicKey.asymmetricKeyType ?? "none");
    return refusal(
      `a certificate with an RSA key of ${LEAST_RSA_BITS} bits or more, which is what MSAL and Azure Identity sign with; this one has ${found}`,
      "Make a new certificate.",
    );
  }
  const weak = weakSignatures.get(signatureAlgorithm(raw));
  if (weak === undefined) return undefined;
  return refusal(
    `a certificate signed with SHA-256 or better; this one is signed with ${weak}`,
    "Make a new certificate.",
  );
}

function startRefusal({ validFrom }: X509Certificate, asOf: string | undefined): Refusal | undefined {
  if (asOf === undefined) return undefined;
  const latest = instant(asOf) + LATEST_START_DAYS * DAY;
  if (Date.parse(validFrom) <= latest) return undefined;
  return refusal(
    `a certificate that starts within ${LATEST_START_DAYS} days; this one starts on ${inUtc(Date.parse(validFrom))}`,
    "Add it when its time has come.",
  );
}

function parsed(pem: string): X509Certificate | undefined {
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Algorithms by the DER of their identifier, in hexadecimal. */
const weakSignatures: ReadonlyMap<string, string> = new Map([
  ["2a864886f70d010102", "MD2"],
  ["2a864886f70d010104", "MD5"],
  ["2a864886f70d010105", "SHA-1"],
]);

/** The identifier of a certificate's signature, from its DER: the element after the signed one. */
function signatureAlgorithm(der: Buffer): string {
  const certificate = element(der, 0);
  const signed = element(der, certificate.start);
  const algorithm = element(der, signed.end);
  const identifier = element(der, algorithm.start);
  return der.subarray(identifier.start, identifier.end).toString("hex");
}

/** Where the content of the DER element at an offset starts and ends. */
function element(der: Buffer, offset: number): { readonly start: number; readonly end: number } {
  const first = der[offset + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = offset + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : der.readUIntBE(offset + 2, lengthBytes);
  return { start, end: start + length };
}
