import type { Clock } from "../clock";
import type { Collection } from "../store/store";
import type { DirectoryObjectRecord } from "./records";

/** How long deleted items can be restored. */
export const deletedItemsDays = 30;
const day = 24 * 60 * 60 * 1000;

/**
 * Objects of one kind, live ones and deleted ones apart. Object and application IDs compare in any letter case.
 * What has been deleted for {@link deletedItemsDays} is gone.
 */
export class DirectoryObjects<T extends DirectoryObjectRecord & { readonly appId?: string }> {
  private readonly liveByAppId = new Map<string, string>();
  /** Made once for all lists between two changes. */
  private live: readonly T[] | undefined;

  constructor(
    private readonly records: Collection<T>,
    private readonly clock: Clock,
  ) {
    for (const record of records.values()) {
      this.index(record);
    }
  }

  get(id: string): T | undefined {
    const record = this.records.get(id.toLowerCase());
    return record?.deletedDateTime === null ? record : undefined;
  }

  getDeleted(id: string): T | undefined {
    const record = this.records.get(id.toLowerCase());
    return record !== undefined && this.isRestorable(record) ? record : undefined;
  }

  byAppId(appId: string): T | undefined {
    const id = this.liveByAppId.get(appId.toLowerCase());
    return id === undefined ? undefined : this.get(id);
  }

  /** The live objects, oldest first. */
  list(): readonly T[] {
    this.live ??= [...this.records.values()].filter(({ deletedDateTime }) => deletedDateTime === null);
    return this.live;
  }

  listDeleted(): T[] {
    return [...this.records.values()].filter((record) => this.isRestorable(record));
  }

  put(record: T): void {
    this.records.set(record.id, record);
    this.live = undefined;
    this.index(record);
  }

  /** Moves an object to the deleted items. */
  softDelete(record: T): void {
    this.put({ ...record, deletedDateTime: this.clock.now().toISOString() });
  }

  restore(record: T): T {
    const restored = { ...record, deletedDateTime: null };
    this.put(restored);
    return restored;
  }

  /** Removes an object for good. */
  purge(record: T): void {
    this.records.delete(record.id);
    this.live = undefined;
    this.forget(record);
  }

  private isRestorable({ deletedDateTime }: T): boolean {
    return (
      deletedDateTime !== null && this.clock.now().getTime() - Date.parse(deletedDateTime) < deletedItemsDays * day
    );
  }

  private index(record: T): void {
    if (record.appId !== undefined && record.deletedDateTime === null) {
      this.liveByAppId.set(record.appId.toLowerCase(), record.id);
    } else {
      this.forget(record);
    }
  }

  private forget({ appId, id }: T): void {
    if (appId !== undefined && this.liveByAppId.get(appId.toLowerCase()) === id) {
      this.liveByAppId.delete(appId.toLowerCase());
    }
  }
}
