import { ClassicLevel } from "classic-level";

/** A named set of records. Records are values: a change is a new record, put under the same key. */
export interface Collection<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  values(): IterableIterator<T>;
  set(key: string, record: T): void;
  delete(key: string): boolean;
}

type Change = { type: "put"; key: string; value: string } | { type: "del"; key: string };

/** Thrown when another process has the state directory open. */
export class StoreInUseError extends Error {
  constructor(readonly directory: string) {
    super(`Another process is using the state in ${directory}.`);
    this.name = "StoreInUseError";
  }
}

/**
 * Local Azure's memory, and its durable copy in LevelDB. Reads come from memory. Changes made between two commits
 * are written as one batch, so a kill at any moment leaves either all of a request's changes or none.
 */
export class Store {
  private readonly collections = new Map<string, Map<string, unknown>>();
  private readonly changes = new Map<string, Change>();

  private constructor(private readonly db: ClassicLevel) {}

  static async open(directory: string): Promise<Store> {
    const db = new ClassicLevel(directory);
    try {
      await db.open();
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause;
      throw cause?.code === "LEVEL_LOCKED" ? new StoreInUseError(directory) : error;
    }
    const store = new Store(db);
    for (const [key, value] of await db.iterator().all()) {
      const separator = key.indexOf("/");
      store.records(key.slice(0, separator)).set(key.slice(separator + 1), JSON.parse(value));
    }
    return store;
  }

  collection<T>(name: string): Collection<T> {
    const records = this.records(name) as Map<string, T>;
    return {
      get: (key) => records.get(key),
      has: (key) => records.has(key),
      values: () => records.values(),
      set: (key, record) => {
        records.set(key, record);
        this.change({ type: "put", key: `${name}/${key}`, value: JSON.stringify(record) });
      },
      delete: (key) => {
        this.change({ type: "del", key: `${name}/${key}` });
        return records.delete(key);
      },
    };
  }

  /** Makes every change since the last commit durable. */
  async commit(): Promise<void> {
    if (this.changes.size === 0) {
      return;
    }
    const batch = [...this.changes.values()];
    this.changes.clear();
    await this.db.batch(batch);
  }

  async close(): Promise<void> {
    await this.commit();
    await this.db.close();
  }

  private change(change: Change): void {
    this.changes.set(change.key, change);
  }

  private records(name: string): Map<string, unknown> {
    const existing = this.collections.get(name);
    if (existing !== undefined) {
      return existing;
    }
    const created = new Map<string, unknown>();
    this.collections.set(name, created);
    return created;
  }
}
