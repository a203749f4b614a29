import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { StateDamagedError, StoreInUseError, StoreUnusableError, StoreWriteError } from "../azure/store/stateErrors";
import { fileFailure } from "../fileFailure";
import type { StateDirectory } from "../stateDirectory";
import { UserError } from "../userError";
import { localCommand } from "../invocation";

const holderSchema = z.object({ pid: z.number(), command: z.string() });

/** Notes who holds something, for the message that another command shows. The lock itself is a store's. */
export function noteHolder(file: string, command: string): () => void {
  writeFileSync(file, JSON.stringify({ pid: process.pid, command }), { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}

/** The error for a command that finds local Azure's state open elsewhere. */
export function stateInUse({ path, holderFile }: StateDirectory): UserError {
  return new UserError(
    `The state in ${path} is in use by ${holder(holderFile)}. Wait until it has ended, or stop it. ` +
      `To run several commands side by side, start \`${localCommand("serve")}\` first.`,
  );
}

/** The error for a command whose state is in use, damaged or can't be written; any other error as it is. */
export function stateFailure(state: StateDirectory, error: unknown): unknown {
  if (error instanceof StoreInUseError) {
    return stateInUse(state);
  }
  const isKnown = [StateDamagedError, StoreUnusableError, StoreWriteError].some((kind) => error instanceof kind);
  return isKnown ? new UserError((error as Error).message) : (fileFailure(error, state.path) ?? error);
}

/** The error for a command that finds another one at work on the stack. */
export function stackInUse({ pulumi }: StateDirectory): UserError {
  return new UserError(`${holder(pulumi.holderFile)} is using the stack. Wait until it ends, or stop it.`);
}

function holder(file: string): string {
  try {
    const { pid, command } = holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return `\`${localCommand(command)}\` (process ${pid})`;
  } catch {
    // It has not yet said who it is.
    return "another process";
  }
}
