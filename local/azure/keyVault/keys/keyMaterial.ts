import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from "node:crypto";
import { promisify } from "node:util";
import { curves, rsaSizes, type Curve, type KeyKind } from "./keyRecord";

const generate = promisify(generateKeyPair) as unknown as {
  (type: "rsa", options: { modulusLength: number }): Promise<KeyPairKeyObjectResult>;
  (type: "ec", options: { namedCurve: string }): Promise<KeyPairKeyObjectResult>;
};

/** OpenSSL's names of the curves, and those of Node.js' JSON Web Keys where they differ from Key Vault's. */
const namesOfCurves: Readonly<Record<Curve, { readonly openssl: string; readonly jwk: string }>> = {
  "P-256": { openssl: "prime256v1", jwk: "P-256" },
  "P-384": { openssl: "secp384r1", jwk: "P-384" },
  "P-521": { openssl: "secp521r1", jwk: "P-521" },
  "P-256K": { openssl: "secp256k1", jwk: "secp256k1" },
};

/** A new private key. */
export async function newKey(kind: KeyKind): Promise<KeyObject> {
  const { privateKey } =
    kind.kty === "RSA"
      ? await generate("rsa", { modulusLength: kind.size })
      : await generate("ec", { namedCurve: namesOfCurves[kind.curve].openssl });
  return privateKey;
}

/** What kind of key this is; undefined where Key Vault has no such kind. */
export function kindOf(key: KeyObject): KeyKind | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa") {
    const size = rsaSizes.find((each) => each === modulusLength);
    return size && { kty: "RSA", size };
  }
  const curve = curves.find((each) => namesOfCurves[each].openssl === namedCurve);
  return curve && { kty: "EC", curve };
}

/** A private key from a JSON Web Key as a client sends it. @throws Error where it is none */
export function privateKeyOf(jwk: Readonly<Record<string, string>>): KeyObject {
  const curve = curves.find((each) => each === jwk["crv"]);
  return createPrivateKey({ key: { ...jwk, ...(curve && { crv: namesOfCurves[curve].jwk }) }, format: "jwk" });
}

/** The public half, as the wire has it. */
export function publicJwk(key: KeyObject, kind: KeyKind): JsonWebKey {
  const jwk = createPublicKey(key).export({ format: "jwk" });
  return kind.kty === "EC" ? { ...jwk, crv: kind.curve } : jwk;
}

export const pkcs8 = (key: KeyObject): Buffer => key.export({ format: "der", type: "pkcs8" });

export const fromPkcs8 = (der: Buffer): KeyObject => createPrivateKey({ key: der, format: "der", type: "pkcs8" });
