import type { ClassicLevel } from "classic-level";
import { CommitLog } from "./commitLog";
import { RecordDigest } from "./recordDigest";
import { StateDamagedError, StoreWriteError } from "./stateErrors";
import { openLevel, remedy } from "./storeFiles";

/** A named set of records. Records are values: a change is a new record, put under the same key. */
export interface Collection<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  entries(): IterableIterator<[string, T]>;
  values(): IterableIterator<T>;
  readonly size: number;
  set(key: string, record: T): void;
  delete(key: string): boolean;
}

/** Where collections are found by their names. */
export interface Collections {
  collection<T>(name: string): Collection<T>;
}

/** Hears of each change of a record; undefined stands for none. */
export type ChangeListener = (collection: string, key: string, before: unknown, after: unknown) => void;

type Change = { type: "put"; key: string; value: string } | { type: "del"; key: string };

/** What the store knows of itself; written with each batch, as part of it. */
interface Written {
  /** How many batches there were. */
  readonly commits: number;
  /** {@link RecordDigest} of every record. */
  readonly digest: string;
}

/** No collection's key: these have a slash. */
const writtenKey = "written";

/**
 * Local Azure's memory, and its durable copy in LevelDB. Reads come from memory. Changes made between two commits
 * are written as one batch, so a kill at any moment leaves either all of a request's changes or none.
 *
 * Once a batch could not be written, memory is ahead of the disk: every further commit is refused, and the store has to be
 * opened again.
 */
export class Store implements Collections {
  private readonly records = new Map<string, Map<string, unknown>>();
  /** Made once a name: services ask for theirs in each request. */
  private readonly collections = new Map<string, Collection<unknown>>();
  private readonly changes = new Map<string, Change>();
  private readonly digest = new RecordDigest();
  private commits = 0;
  /** The last batch that was begun, after those before it. */
  private written: Promise<void> = Promise.resolve();
  private isBatchWaiting = false;
  private failure: StoreWriteError | undefined;
  private listener: ChangeListener | undefined;

  private constructor(
    private readonly directory: string,
    private readonly db: ClassicLevel,
    private readonly log: CommitLog,
  ) {}

  /**
   * @throws StoreInUseError where another process has it open
   * @throws StateDamagedError where something that was in it is lost
   * @throws StoreUnusableError where its files can't be read or made
   */
  static async open(directory: string): Promise<Store> {
    const db = await openLevel(directory);
    const store = new Store(directory, db, new CommitLog(`${directory}.commits`));
    try {
      await store.load();
      return store;
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  get isEmpty(): boolean {
    return [...this.records.values()].every(({ size }) => size === 0);
  }

  collection<T>(name: string): Collection<T> {
    const known = this.collections.get(name) ?? this.newCollection(name);
    this.collections.set(name, known);
    return known as Collection<T>;
  }

  private newCollection(name: string): Collection<unknown> {
    const records = this.recordsOf(name);
    return {
      get: (key) => records.get(key),
      has: (key) => records.has(key),
      entries: () => records.entries(),
      values: () => records.values(),
      get size() {
        return records.size;
      },
      set: (key, record) => {
        this.listener?.(name, key, records.get(key), record);
        records.set(key, record);
        this.change({ type: "put", key: `${name}/${key}`, value: JSON.stringify(record) });
      },
      delete: (key) => {
        this.listener?.(name, key, records.get(key), undefined);
        this.change({ type: "del", key: `${name}/${key}` });
        return records.delete(key);
      },
    };
  }

  /** Tells of every change from now on, before it is made. */
  follow(listener: ChangeListener): void {
    this.listener = listener;
  }

  /**
   * Makes every change so far durable, and waits for the changes that others' commits are writing: what a request has read is
   * durable too when it is answered. Changes of requests that come in meanwhile share a batch.
   *
   * @throws StoreWriteError where they are not
   */
  commit(): Promise<void> {
    if (this.changes.size > 0 && !this.isBatchWaiting) {
      this.isBatchWaiting = true;
      this.written = this.written.then(() => this.write());
    }
    return this.written;
  }

  /** Writes what is left to write, unless a write has failed. */
  async close(): Promise<void> {
    try {
      if (this.failure === undefined) {
        await this.commit();
      }
    } finally {
      await this.db.close();
      this.log.close();
    }
  }

  private async write(): Promise<void> {
    this.isBatchWaiting = false;
    const batch = [...this.changes.values()];
    this.changes.clear();
    for (const change of batch) {
      if (change.type === "put") {
        this.digest.set(change.key, change.value);
      } else {
        this.digest.delete(change.key);
      }
    }
    const written: Written = { commits: this.commits + 1, digest: this.digest.text };
    try {
      await this.db.batch([...batch, { type: "put", key: writtenKey, value: JSON.stringify(written) }]);
      this.log.write(written.commits);
      this.commits = written.commits;
    } catch (error) {
      this.failure = new StoreWriteError(this.directory, error);
      throw this.failure;
    }
  }

  private async load(): Promise<void> {
    let written: Written | undefined;
    for (const [key, value] of await this.db.iterator().all()) {
      if (key === writtenKey) {
        written = this.parsed(key, value) as Written;
      } else {
        const separator = key.indexOf("/");
        this.recordsOf(key.slice(0, separator)).set(key.slice(separator + 1), this.parsed(key, value));
        this.digest.set(key, value);
      }
    }
    this.commits = written?.commits ?? 0;
    const told = this.log.read();
    if (told === undefined) {
      return;
    }
    if (this.commits < told) {
      throw this.damaged(`${told - this.commits} of ${told} writes that were acknowledged are missing`);
    }
    if (written !== undefined && written.digest !== this.digest.text) {
      throw this.damaged("some of its records are missing or were changed");
    }
  }

  private parsed(key: string, value: string): unknown {
    try {
      return JSON.parse(value);
    } catch {
      throw new StateDamagedError(this.directory, `its record ${key} can't be read`, remedy);
    }
  }

  private damaged(damage: string): StateDamagedError {
    return new StateDamagedError(
      this.directory,
      damage,
      "Applications, secrets, roles or other resources that clients have seen are missing or out of date. " +
        `${remedy} To continue with what is left, delete ${this.log.file}, then run refresh and up.`,
    );
  }

  private change(change: Change): void {
    this.changes.set(change.key, change);
  }

  private recordsOf(name: string): Map<string, unknown> {
    const existing = this.records.get(name);
    if (existing !== undefined) {
      return existing;
    }
    const created = new Map<string, unknown>();
    this.records.set(name, created);
    return created;
  }
}
