import { randomBytes } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Collection } from "../store/store";
import type { SecretChange, SecretInput } from "./secretInput";
import type { SecretRecord, SecretVersion } from "./secretRecord";
import type { VaultRecord } from "./vaultRecord";

const daySeconds = 24 * 60 * 60;

/** The secrets of one vault, live and soft-deleted. Names compare in any letter case. */
export class VaultSecrets {
  private readonly records: Collection<SecretRecord>;

  constructor(
    private readonly cloud: Cloud,
    private readonly vault: VaultRecord,
  ) {
    this.records = cloud.store.collection<SecretRecord>(`secrets:${vault.name.toLowerCase()}`);
  }

  live(name: string): SecretRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? record : undefined;
  }

  deleted(name: string): SecretRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? undefined : record;
  }

  allLive(): SecretRecord[] {
    return this.sorted().filter(({ deletion }) => deletion === undefined);
  }

  allDeleted(): SecretRecord[] {
    return this.sorted().filter(({ name }) => this.deleted(name) !== undefined);
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

  delete(secret: SecretRecord): SecretRecord {
    const date = this.seconds();
    const retention = this.vault.properties.softDeleteRetentionInDays * daySeconds;
    const deleted = { ...secret, deletion: { date, scheduledPurge: date + retention } };
    this.save(deleted);
    return deleted;
  }

  recover({ name, versions }: SecretRecord): SecretRecord {
    const recovered = { name, versions };
    this.save(recovered);
    return recovered;
  }

  purge({ name }: SecretRecord): void {
    this.records.delete(name.toLowerCase());
  }

  removeAll(): void {
    for (const secret of [...this.records.values()]) {
      this.purge(secret);
    }
  }

  private find(name: string): SecretRecord | undefined {
    const record = this.records.get(name.toLowerCase());
    if (record?.deletion !== undefined && record.deletion.scheduledPurge <= this.seconds()) {
      this.purge(record);
      return undefined;
    }
    return record;
  }

  private save(record: SecretRecord): void {
    this.records.set(record.name.toLowerCase(), record);
  }

  private sorted(): SecretRecord[] {
    return [...this.records.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  }

  private seconds(): number {
    return Math.floor(this.cloud.clock.now().getTime() / 1000);
  }
}

/** What a change leaves out stays as it was. */
function withoutUndefined(change: SecretChange): Partial<SecretVersion> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
