import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Store, StoreInUseError } from "../azure/store/store";
import { stateInUse } from "../session/holder";
import { clearAbandoned } from "../stack/abandoned";
import { lockStack } from "../stack/stackLock";
import { assertStateDirectory, emptyStateDirectory } from "../stateOwnership";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** `npm run local -- reset`: deletes the state, local Azure's and Pulumi's, once nobody uses it. */
export async function reset({ console, state }: CommandContext): Promise<ExitCode> {
  const existed = existsSync(state.path) && readdirSync(state.path).length > 0;
  const left = existed ? await emptied({ console, state }) : [];
  console.line(existed ? `Emptied ${state.path}.` : `${state.path} is empty already.`);
  if (left.length > 0) {
    console.line(`Left what is not local Azure's: ${left.join(", ")}.`);
  }
  if (console.json) {
    console.document({ directory: state.path, emptied: existed, left });
  }
  return exitCodes.ok;
}

async function emptied({ console, state }: Pick<CommandContext, "console" | "state">): Promise<string[]> {
  assertStateDirectory(state);
  const unlock = await lockStack(state, "reset");
  await clearAbandoned(state.pulumi.backend, (line) => {
    console.line(line);
  });
  const store = await Store.open(join(state.path, "store")).catch((error: unknown) => {
    throw error instanceof StoreInUseError ? stateInUse(state) : error;
  });
  await store.close();
  await unlock();
  return emptyStateDirectory(state);
}
