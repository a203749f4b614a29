import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import type { StateKey } from "../../store/stateKey";
import type { Store } from "../../store/store";

/** The tenant's RSA key that access tokens are signed with. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

interface SealedKey {
  readonly id: string;
  /** PKCS #8, sealed by the state's key. */
  readonly sealed: string;
}

const current = "current";

/**
 * The key of this state directory; laid down at its first use.
 *
 * @param first what the tenant begins with: an RSA private key. @default a new one
 */
export function signingKey(store: Store, stateKey: StateKey, first?: KeyObject): SigningKey {
  const keys = store.collection<SealedKey>("entra.signingKeys");
  let stored = keys.get(current);
  if (stored === undefined) {
    const privateKey = first ?? generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    stored = {
      id: randomUUID(),
      sealed: stateKey.seal(privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    };
    keys.set(current, stored);
  }
  const privateKey = createPrivateKey(stateKey.unseal(stored.sealed));
  const publicKey = createPublicKey(privateKey);
  const kid = createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64url");
  return { kid, privateKey, publicKey };
}
