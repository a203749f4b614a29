import type { Cloud } from "../cloud";
import type { Collection, Collections } from "../store/store";
import type { VaultCollection } from "./dataAccess";
import type { VaultRecord } from "./vaultRecord";

const daySeconds = 24 * 60 * 60;

/** What secrets, keys and certificates have in common. */
export interface VaultObject {
  readonly name: string;
  /** Set while the object is soft-deleted. Unix seconds. */
  readonly deletion?: { readonly date: number; readonly scheduledPurge: number } | undefined;
}

/** The objects of one kind in a vault, live and soft-deleted. Names compare in any letter case. */
export abstract class VaultObjects<Kept extends VaultObject> {
  private readonly records: Collection<Kept>;

  constructor(
    protected readonly cloud: Cloud,
    private readonly vault: VaultRecord,
    collection: VaultCollection,
    store: Collections = cloud.store,
  ) {
    this.records = store.collection<Kept>(`${collection}:${vault.name.toLowerCase()}`);
  }

  live(name: string): Kept | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? record : undefined;
  }

  deleted(name: string): Kept | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? undefined : record;
  }

  allLive(): Kept[] {
    return this.sorted().filter(({ deletion }) => deletion === undefined);
  }

  allDeleted(): Kept[] {
    return this.sorted().filter(({ name }) => this.deleted(name) !== undefined);
  }

  delete(record: Kept): Kept {
    const date = this.seconds();
    const retention = this.vault.properties.softDeleteRetentionInDays * daySeconds;
    return this.save({ ...record, deletion: { date, scheduledPurge: date + retention } });
  }

  recover(record: Kept): Kept {
    return this.save({ ...record, deletion: undefined });
  }

  purge({ name }: Kept): void {
    this.records.delete(name.toLowerCase());
  }

  removeAll(): void {
    for (const record of [...this.records.values()]) this.purge(record);
  }

  protected save(record: Kept): Kept {
    this.records.set(record.name.toLowerCase(), record);
    return record;
  }

  /** The time, in Unix seconds. */
  protected seconds(): number {
    return Math.floor(this.cloud.clock.now().getTime() / 1000);
  }

  private find(name: string): Kept | undefined {
    const record = this.records.get(name.toLowerCase());
    if (record?.deletion !== undefined && record.deletion.scheduledPurge <= this.seconds()) {
      this.purge(record);
      return undefined;
    }
    return record;
  }

  private sorted(): Kept[] {
    return [...this.records.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  }
}

/** What a change leaves out stays as it was. */
export const withoutUndefined = <T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
