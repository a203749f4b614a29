import { randomBytes } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Collections } from "../store/store";
import type { SecretChange, SecretInput } from "./secretInput";
import type { SecretRecord, SecretVersion } from "./secretRecord";
import { VaultObjects, withoutUndefined } from "./vaultObjects";
import type { VaultRecord } from "./vaultRecord";

/** The secrets of one vault, live and soft-deleted. */
export class VaultSecrets extends VaultObjects<SecretRecord> {
  /** @param store where they are looked up: the state itself, or a replica to read from */
  constructor(cloud: Cloud, vault: VaultRecord, store?: Collections) {
    super(cloud, vault, "secrets", store);
  }

  /** Adds a version, and the secret where it is new. The name must not be held by a soft-deleted secret. */
  set(name: string, input: SecretInput): { secret: SecretRecord; version: SecretVersion } {
    const existing = this.live(name);
    const now = this.seconds();
    const version: SecretVersion = {
      version: randomBytes(16).toString("hex"),
      sealed: this.cloud.stateKey.seal(input.value),
      enabled: true,
      ...withoutUndefined(input.change),
      created: now,
      updated: now,
    };
    const versions: SecretRecord["versions"] = existing === undefined ? [version] : [...existing.versions, version];
    const secret = { name: existing?.name ?? name, versions };
    this.save(secret);
    return { secret, version };
  }

  /** Adds the version that holds a certificate's private key. */
  setManaged(
    name: string,
    given: Omit<SecretVersion, "sealed" | "created" | "updated"> & { readonly value: string },
  ): void {
    const existing = this.live(name);
    const now = this.seconds();
    const { value, ...rest } = given;
    const sealed = this.cloud.stateKey.seal(value);
    const version: SecretVersion = { ...rest, sealed, managed: true, created: now, updated: now };
    const versions: SecretRecord["versions"] = existing === undefined ? [version] : [...existing.versions, version];
    this.save({ name: existing?.name ?? name, versions });
  }

  /** Changes what a version says of itself; its value never changes. */
  change(secret: SecretRecord, version: SecretVersion, change: SecretChange): SecretVersion {
    const changed = { ...version, ...withoutUndefined(change), updated: this.seconds() };
    const versions = secret.versions.map((candidate) => (candidate.version === version.version ? changed : candidate));
    this.save({ ...secret, versions: versions as unknown as SecretRecord["versions"] });
    return changed;
  }
}
