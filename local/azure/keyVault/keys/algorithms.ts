import type { Curve } from "./keyRecord";

/** How a signature is made of a digest. */
export type SignatureAlgorithm = { readonly hash: "sha256" | "sha384" | "sha512"; readonly bytes: number } & (
  { readonly kty: "RSA"; readonly padding: "pkcs1" | "pss" } | { readonly kty: "EC"; readonly curve: Curve }
);

const sha256 = { hash: "sha256", bytes: 32 } as const;
const sha384 = { hash: "sha384", bytes: 48 } as const;
const sha512 = { hash: "sha512", bytes: 64 } as const;

export const signatureAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ["RS256", { kty: "RSA", padding: "pkcs1", ...sha256 }],
  ["RS384", { kty: "RSA", padding: "pkcs1", ...sha384 }],
  ["RS512", { kty: "RSA", padding: "pkcs1", ...sha512 }],
  ["PS256", { kty: "RSA", padding: "pss", ...sha256 }],
  ["PS384", { kty: "RSA", padding: "pss", ...sha384 }],
  ["PS512", { kty: "RSA", padding: "pss", ...sha512 }],
  ["ES256", { kty: "EC", curve: "P-256", ...sha256 }],
  ["ES384", { kty: "EC", curve: "P-384", ...sha384 }],
  ["ES512", { kty: "EC", curve: "P-521", ...sha512 }],
  ["ES256K", { kty: "EC", curve: "P-256K", ...sha256 }],
]);

/** How RSA encrypts: a padding, and of OAEP its hash. */
export type EncryptionAlgorithm = "pkcs1" | { readonly oaepHash: "sha1" | "sha256" };

export const encryptionAlgorithms: ReadonlyMap<string, EncryptionAlgorithm> = new Map<string, EncryptionAlgorithm>([
  ["RSA1_5", "pkcs1"],
  ["RSA-OAEP", { oaepHash: "sha1" }],
  ["RSA-OAEP-256", { oaepHash: "sha256" }],
]);

/** Algorithms of the symmetric keys of a managed HSM. */
export const symmetricAlgorithms: ReadonlySet<string> = new Set(
  ["128", "192", "256"].flatMap((size) => ["GCM", "KW", "CBC", "CBCPAD"].map((mode) => `A${size}${mode}`)),
);
