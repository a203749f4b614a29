import { mkdirSync } from "node:fs";
import { StateDamagedError, StoreInUseError } from "../azure/store/stateErrors";
import { Store } from "../azure/store/store";
import { destroyLevel } from "../azure/store/storeFiles";
import { noteHolder, stackInUse, stateFailure } from "../session/holder";
import type { StateDirectory } from "../stateDirectory";
import { claimStateDirectory } from "../stateOwnership";

/**
 * Makes this the one process that may drive the stack. The lock is an empty store's: the operating system lets go of it
 * when the process dies, however it dies, so whoever holds it knows that nobody else is at work.
 *
 * @returns lets go of it
 * @throws UserError where another process holds it
 */
export async function lockStack(state: StateDirectory, command: string): Promise<() => Promise<void>> {
  try {
    claimStateDirectory(state);
    mkdirSync(state.pulumi.path, { recursive: true, mode: 0o700 });
    const store = await openLock(state.pulumi.lock);
    const forget = noteHolder(state.pulumi.holderFile, command);
    return async () => {
      forget();
      await store.close();
    };
  } catch (error) {
    throw error instanceof StoreInUseError ? stackInUse(state) : stateFailure(state, error);
  }
}

/** Nothing is in the lock that could be lost: a damaged one is made anew. Whoever holds it is known before it is read. */
async function openLock(directory: string): Promise<Store> {
  try {
    return await Store.open(directory);
  } catch (error) {
    if (!(error instanceof StateDamagedError)) {
      throw error;
    }
    await destroyLevel(directory);
    return await Store.open(directory);
  }
}
