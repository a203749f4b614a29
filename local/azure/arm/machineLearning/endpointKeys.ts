import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Cloud } from "../../cloud";
import { OwnTokens } from "../../store/ownTokens";
import type { Collection } from "../../store/store";
import { childId, type WorkspaceChild } from "./workspaceChildren";

export interface EndpointKeys {
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

/** A token of an endpoint's own is good for this long. */
const tokenSeconds = 3600;

/** The keys of online endpoints, sealed, and the tokens that endpoints give. */
export class EndpointSecrets {
  private readonly sealed: Collection<EndpointKeys>;
  private readonly tokens: OwnTokens;

  constructor(private readonly cloud: Cloud) {
    this.sealed = cloud.store.collection("machineLearning.endpointKeys");
    this.tokens = new OwnTokens(cloud.stateKey, cloud.clock, "machine-learning/endpoints");
  }

  keysOf(endpoint: WorkspaceChild): EndpointKeys {
    const kept = this.sealed.get(placeOf(endpoint));
    if (kept === undefined) {
      return this.make(endpoint, {});
    }
    const { stateKey } = this.cloud;
    return { primaryKey: stateKey.unseal(kept.primaryKey), secondaryKey: stateKey.unseal(kept.secondaryKey) };
  }

  /** Sets the keys that are given, and makes those that are not there. */
  make(endpoint: WorkspaceChild, given: Partial<EndpointKeys>): EndpointKeys {
    const before = this.sealed.has(placeOf(endpoint)) ? this.keysOf(endpoint) : undefined;
    const keys = {
      primaryKey: given.primaryKey ?? before?.primaryKey ?? newKey(),
      secondaryKey: given.secondaryKey ?? before?.secondaryKey ?? newKey(),
    };
    const { stateKey } = this.cloud;
    this.sealed.set(placeOf(endpoint), {
      primaryKey: stateKey.seal(keys.primaryKey),
      secondaryKey: stateKey.seal(keys.secondaryKey),
    });
    return keys;
  }

  regenerate(endpoint: WorkspaceChild, keyType: "Primary" | "Secondary", value = newKey()): void {
    this.make(endpoint, keyType === "Primary" ? { primaryKey: value } : { secondaryKey: value });
  }

  forget(endpoint: WorkspaceChild): void {
    this.sealed.delete(placeOf(endpoint));
  }

  isKey(endpoint: WorkspaceChild, given: string): boolean {
    const { primaryKey, secondaryKey } = this.keysOf(endpoint);
    return isSame(given, primaryKey) || isSame(given, secondaryKey);
  }

  /** A token that the endpoint takes until it expires. */
  newToken(endpoint: WorkspaceChild): { accessToken: string; expiryTimeUtc: number; refreshAfterTimeUtc: number } {
    const { token, expires } = this.tokens.issue({ endpoint: placeOf(endpoint) }, tokenSeconds);
    return { accessToken: token, expiryTimeUtc: expires, refreshAfterTimeUtc: expires - tokenSeconds / 2 };
  }

  isToken(endpoint: WorkspaceChild, given: string): boolean {
    return this.tokens.read(given)?.["endpoint"] === placeOf(endpoint);
  }
}

const newKey = (): string => randomBytes(24).toString("base64url");

const placeOf = (endpoint: WorkspaceChild): string => childId(endpoint).toLowerCase();

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
