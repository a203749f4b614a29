import { constants, createPublicKey, privateDecrypt, publicEncrypt, type KeyObject } from "node:crypto";
import forge from "node-forge";
import type { EncryptionAlgorithm } from "./algorithms";

/** @throws Error where the text is too long for the key */
export function encrypt(key: KeyObject, algorithm: EncryptionAlgorithm, plain: Buffer): Buffer {
  const options =
    algorithm === "pkcs1"
      ? { padding: constants.RSA_PKCS1_PADDING }
      : { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.oaepHash };
  return publicEncrypt({ key: createPublicKey(key), ...options }, plain);
}

/** @throws Error where the text was not encrypted with this key and algorithm */
export function decrypt(key: KeyObject, algorithm: EncryptionAlgorithm, sealed: Buffer): Buffer {
  if (algorithm === "pkcs1") {
    // Node.js no longer opens this padding.
    const pem = key.export({ format: "pem", type: "pkcs1" }).toString();
    const opened = forge.pki.privateKeyFromPem(pem).decrypt(sealed.toString("binary"), "RSAES-PKCS1-V1_5");
    return Buffer.from(opened, "binary");
  }
  const { oaepHash } = algorithm;
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, sealed);
}
