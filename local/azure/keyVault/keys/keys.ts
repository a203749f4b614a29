import { randomBytes, type KeyObject } from "node:crypto";
import type { Cloud } from "../../cloud";
import { VaultObjects, withoutUndefined } from "../vaultObjects";
import type { VaultRecord } from "../vaultRecord";
import { fromPkcs8, newKey, pkcs8 } from "./keyMaterial";
import type { KeyKind, KeyOperation, KeyRecord, KeyVersion } from "./keyRecord";
import { secondsLater, type RotationPolicy } from "./rotationPolicy";
import { newestVersion } from "../versions";

/** What a caller may say of a version besides its material. Left out means: as it was. */
export interface KeyChange {
  readonly operations?: readonly KeyOperation[] | undefined;
  readonly enabled?: boolean | undefined;
  readonly notBefore?: number | undefined;
  readonly expires?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const defaultOperations: Readonly<Record<KeyKind["kty"], readonly KeyOperation[]>> = {
  RSA: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
  EC: ["sign", "verify"],
};

interface Versioned {
  readonly record: KeyRecord;
  readonly version: KeyVersion;
}

/** The keys of one vault, live and soft-deleted. */
export class VaultKeys extends VaultObjects<KeyRecord> {
  constructor(cloud: Cloud, vault: VaultRecord) {
    super(cloud, vault, "keys");
  }

  /** Makes a version, and the key where it is new. */
  async create(name: string, kind: KeyKind, change: KeyChange): Promise<Versioned> {
    return this.add(name, kind, await newKey(kind), change);
  }

  add(name: string, kind: KeyKind, key: KeyObject, change: KeyChange): Versioned {
    return this.addVersion(name, {
      version: randomBytes(16).toString("hex"),
      kind,
      sealedKey: this.sealed(key),
      operations: defaultOperations[kind.kty],
      enabled: true,
      ...withoutUndefined(change),
    });
  }

  /** Adds the version that is a certificate's key. */
  addManaged(name: string, version: string, kind: KeyKind, key: KeyObject, change: KeyChange): void {
    const operations = defaultOperations[kind.kty];
    const sealedKey = this.sealed(key);
    this.addVersion(name, {
      version,
      kind,
      sealedKey,
      operations,
      enabled: true,
      managed: true,
      ...withoutUndefined(change),
    });
  }

  /** A new version of the newest one's kind, which expires when the rotation policy says. */
  async rotate(record: KeyRecord): Promise<Versioned> {
    const { kind, operations, tags } = newestVersion(record);
    const { expiryTime } = record.rotationPolicy ?? {};
    const expires = expiryTime === undefined ? undefined : secondsLater(this.seconds(), expiryTime);
    return this.create(record.name, kind, { operations, tags, expires });
  }

  change(record: KeyRecord, version: KeyVersion, change: KeyChange): Versioned {
    const changed: KeyVersion = { ...version, ...withoutUndefined(change), updated: this.seconds() };
    const versions = record.versions.map((each) => (each.version === version.version ? changed : each));
    return {
      record: this.save({ ...record, versions: versions as unknown as KeyRecord["versions"] }),
      version: changed,
    };
  }

  setRotationPolicy(record: KeyRecord, policy: Omit<RotationPolicy, "created" | "updated">): KeyRecord {
    const now = this.seconds();
    const created = record.rotationPolicy?.created ?? now;
    return this.save({ ...record, rotationPolicy: { ...policy, created, updated: now } });
  }

  privateKey({ sealedKey }: KeyVersion): KeyObject {
    return fromPkcs8(Buffer.from(this.cloud.stateKey.unseal(sealedKey), "base64"));
  }

  private sealed(key: KeyObject): string {
    return this.cloud.stateKey.seal(pkcs8(key).toString("base64"));
  }

  private addVersion(name: string, given: Omit<KeyVersion, "created" | "updated">): Versioned {
    const existing = this.live(name);
    const now = this.seconds();
    const version: KeyVersion = { ...given, created: now, updated: now };
    const versions: KeyRecord["versions"] = existing === undefined ? [version] : [...existing.versions, version];
    return { record: this.save({ ...existing, name: existing?.name ?? name, versions }), version };
  }
}
