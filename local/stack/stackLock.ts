import { mkdirSync } from "node:fs";
import { Store, StoreInUseError } from "../azure/store/store";
import { noteHolder, stackInUse } from "../session/holder";
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
  claimStateDirectory(state);
  mkdirSync(state.pulumi.path, { recursive: true, mode: 0o700 });
  try {
    const store = await Store.open(state.pulumi.lock);
    const forget = noteHolder(state.pulumi.holderFile, command);
    return async () => {
      forget();
      await store.close();
    };
  } catch (error) {
    throw error instanceof StoreInUseError ? stackInUse(state) : error;
  }
}
