import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { StateDirectory } from "../stateDirectory";
import { exitCodes, UserError } from "../userError";

const holderSchema = z.object({ pid: z.number(), command: z.string() });

/** Notes who has the state open, for the message that another command shows. The lock itself is the store's. */
export function noteHolder(state: StateDirectory, command: string): () => void {
  writeFileSync(state.holderFile, JSON.stringify({ pid: process.pid, command }), { mode: 0o600 });
  return () => {
    rmSync(state.holderFile, { force: true });
  };
}

/** The error for a command that finds the state open elsewhere. */
export function inUse(state: StateDirectory): UserError {
  return new UserError(
    `The state in ${state.path} is in use by ${holder(state)}. Wait until it has ended, or stop it. ` +
      "To run several commands side by side, start `npm run local -- serve` first.",
    exitCodes.failed,
  );
}

function holder(state: StateDirectory): string {
  try {
    const { pid, command } = holderSchema.parse(JSON.parse(readFileSync(state.holderFile, "utf8")));
    return `\`npm run local -- ${command}\` (process ${pid})`;
  } catch {
    // It has not yet said who it is.
    return "another process";
  }
}
