import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Store, StoreInUseError } from "../azure/store/store";
import { stateInUse } from "../session/holder";
import { clearAbandoned } from "../stack/abandoned";
import { lockStack } from "../stack/stackLock";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** `npm run local -- reset`: empties the state, local Azure's and Pulumi's, once nobody uses it. */
export async function reset({ console, state }: CommandContext): Promise<ExitCode> {
  const existed = existsSync(state.path);
  if (existed) {
    const unlock = await lockStack(state, "reset");
    await clearAbandoned(state.pulumi.backend, (line) => {
      console.line(line);
    });
    const store = await Store.open(join(state.path, "store")).catch((error: unknown) => {
      throw error instanceof StoreInUseError ? stateInUse(state) : error;
    });
    await store.close();
    await unlock();
    rmSync(state.path, { recursive: true, force: true });
  }
  console.line(existed ? `Emptied ${state.path}.` : `${state.path} is empty already.`);
  if (console.json) {
    console.document({ directory: state.path, emptied: existed });
  }
  return exitCodes.ok;
}
