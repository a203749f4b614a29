import { constants, createPublicKey, privateEncrypt, publicDecrypt, type KeyObject } from "node:crypto";
import { p256, p384, p521 } from "@noble/curves/nist";
import { secp256k1 } from "@noble/curves/secp256k1";
import forge from "node-forge";
import type { SignatureAlgorithm } from "./algorithms";

const curves = { "P-256": p256, "P-384": p384, "P-521": p521, "P-256K": secp256k1 } as const;

/** DER of a DigestInfo up to the digest itself. */
const digestInfo = {
  sha256: Buffer.from("3031300d060960864801650304020105000420", "hex"),
  sha384: Buffer.from("3041300d060960864801650304020205000430", "hex"),
  sha512: Buffer.from("3051300d060960864801650304020305000440", "hex"),
} as const;

/** Signs a digest: Node.js itself signs only what it has hashed itself. */
export function signDigest(key: KeyObject, algorithm: SignatureAlgorithm, digest: Buffer): Buffer {
  if (algorithm.kty === "EC") {
    const options = { prehash: false, lowS: false };
    return Buffer.from(curves[algorithm.curve].sign(digest, scalarOf(key), options).toBytes("compact"));
  }
  const { hash, padding } = algorithm;
  if (padding === "pkcs1") {
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([digestInfo[hash], digest]));
  }
  const encoded = pss(algorithm).encode(hashed(hash, digest), bitsOf(key));
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(encoded, "binary"));
}

/** Whether a signature is this digest's. */
export function verifyDigest(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  digest: Buffer,
  signature: Buffer,
): boolean {
  try {
    if (algorithm.kty === "EC") {
      const curve = curves[algorithm.curve];
      return curve.verify(signature, digest, curve.getPublicKey(scalarOf(key)), { prehash: false, lowS: false });
    }
    const publicKey = createPublicKey(key);
    const { hash, padding } = algorithm;
    if (padding === "pkcs1") {
      const opened = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature);
      return opened.equals(Buffer.concat([digestInfo[hash], digest]));
    }
    const opened = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature);
    return pss(algorithm).verify(digest.toString("binary"), opened.toString("binary"), bitsOf(key));
  } catch {
    // What no key of this size could have made is no signature either.
    return false;
  }
}

const scalarOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url");

const bitsOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

/** Forge's encoding of a digest, which its types leave open. */
interface Pss {
  encode(digest: forge.md.MessageDigest, bits: number): string;
  verify(digest: string, encoded: string, bits: number): boolean;
}

function pss({ hash, bytes }: SignatureAlgorithm): Pss {
  const mgf = forge.mgf.mgf1.create(forge.md[hash].create()) as unknown;
  return forge.pss.create({ md: forge.md[hash].create(), mgf, saltLength: bytes }) as Pss;
}

/** A digest that was made elsewhere, in the form that forge takes one. */
function hashed(hash: SignatureAlgorithm["hash"], digest: Buffer): forge.md.MessageDigest {
  const made = forge.md[hash].create();
  made.digest = () => forge.util.createBuffer(digest.toString("binary"));
  return made;
}
