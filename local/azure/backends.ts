import { openBackend, type Backend, type BackendOptions } from "./backend";
import { StoreWriteError } from "./store/stateErrors";

/** Nothing can be answered now: a write has failed, and the state on the disk is not open again yet. */
export class Unavailable extends Error {
  constructor(cause: unknown) {
    super(
      `Local Azure can't save changes: ${cause instanceof Error ? cause.message : String(cause)} ` +
        "Free space on the disk, and try again.",
      { cause },
    );
    this.name = "Unavailable";
  }
}

/**
 * The services, made anew from the disk after a write has failed: memory is ahead of the disk then, and nothing of what it alone
 * has may be told to anyone.
 */
export class Backends {
  private active = 0;
  private failure: unknown;
  private opening: Promise<void> | undefined;

  private constructor(
    private readonly options: BackendOptions,
    private backend: Backend,
  ) {}

  static async open(options: BackendOptions): Promise<Backends> {
    return new Backends(options, await openBackend(options));
  }

  get current(): Backend {
    return this.backend;
  }

  /**
   * Does something with the services, and makes its changes durable.
   *
   * @throws Unavailable where they can't be, or the services are not there
   */
  async use<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    if (this.failure !== undefined) {
      await this.reopened();
    }
    const { backend } = this;
    this.active += 1;
    try {
      return await settled(work(backend), () => backend.cloud.store.commit());
    } catch (error) {
      if (!(error instanceof StoreWriteError)) {
        throw error;
      }
      this.fail(error);
      throw new Unavailable(error);
    } finally {
      this.active -= 1;
    }
  }

  async close(): Promise<void> {
    await this.opening?.catch(() => undefined);
    await this.backend.cloud.store.close();
  }

  private fail(error: unknown): void {
    if (this.failure === undefined) {
      process.stderr.write(`local Azure continues from what is on disk: ${(error as Error).message}\n`);
    }
    this.failure = error;
  }

  /** Whoever still works on the memory that is ahead ends first. */
  private async reopened(): Promise<void> {
    if (this.active > 0) {
      throw new Unavailable(this.failure);
    }
    this.opening ??= this.reopen().finally(() => {
      this.opening = undefined;
    });
    await this.opening;
  }

  private async reopen(): Promise<void> {
    try {
      await this.backend.cloud.store.close();
      this.backend = await openBackend(this.options);
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
      throw new Unavailable(error);
    }
  }
}

/** Commits after the work, whether it did what it was asked or refused. */
async function settled<T>(work: Promise<T>, commit: () => Promise<void>): Promise<T> {
  try {
    return await work;
  } finally {
    await commit();
  }
}
