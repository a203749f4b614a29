import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StateDamagedError } from "../azure/store/stateErrors";
import { Store } from "../azure/store/store";
import { stateFailure } from "../session/holder";
import { clearAbandoned } from "../stack/abandoned";
import { lockStack } from "../stack/stackLock";
import type { StateDirectory } from "../stateDirectory";
import { assertStateDirectory, emptyStateDirectory } from "../stateOwnership";
import { exitCodes, type ExitCode } from "../userError";
import type { CommandContext } from "./command";

/** `npm run local -- reset`: deletes the state, local Azure's and Pulumi's, once nobody uses it. */
export async function reset({ console, state }: CommandContext): Promise<ExitCode> {
  const existed = existsSync(state.path) && readdirSync(state.path).length > 0;
  const left = existed ? await emptied({ console, state }) : [];
  console.line(existed ? `Emptied ${state.path}.` : `${state.path} is already empty.`);
  if (left.length > 0) {
    console.line(`Kept the files that are not local Azure's: ${left.join(", ")}.`);
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
  await makeSureOfNoUser(state);
  await unlock();
  return emptyStateDirectory(state);
}

/** @throws UserError where another process has the state open */
async function makeSureOfNoUser(state: StateDirectory): Promise<void> {
  try {
    await (await Store.open(join(state.path, "store"))).close();
  } catch (error) {
    // A damaged state is what reset is for.
    if (!(error instanceof StateDamagedError)) {
      throw stateFailure(state, error);
    }
  }
}
