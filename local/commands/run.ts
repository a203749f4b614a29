import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { IdentityName } from "../azure/landingZone/layout";
import { connectionVariables, identityVariables, withoutForeign } from "../environment";
import { openAzure } from "../session/azureSession";
import { startStandIns } from "../session/standIns";
import { UserError } from "../userError";
import type { CommandContext } from "./command";
import { localCommand } from "../invocation";

export interface RunOptions {
  /** Who the command signs in as. */
  readonly as: IdentityName;
  /** Whether the command may use Pulumi. */
  readonly pulumi: boolean;
}

/** `local-azure run -- COMMAND`: any command, in an environment that leads it to local Azure. Gives its exit code. */
export async function runCommand(
  { console, state, machine, clock, conditions, passphrase, providerWaits }: CommandContext,
  [command, ...args]: readonly string[],
  options: RunOptions,
): Promise<number> {
  if (command === undefined) throw new UserError(`Name a command: ${localCommand("run -- pulumi up --stack dev")}`, 2);
  const azure = await openAzure({ state, command: "run", clock, conditions, console });
  try {
    const env = {
      ...withoutForeign(machine),
      ...connectionVariables(azure),
      ...identityVariables(options.as, azure.secretOf(options.as)),
    };
    if (!options.pulumi) return await ended(command, args, env);
    const progress = (line: string): void => {
      console.note(line);
    };
    const standIns = await startStandIns({
      azure,
      state,
      command: "run",
      passphrase,
      machine,
      env,
      progress,
      providerWaits,
    });
    try {
      return await ended(command, args, standIns.env);
    } finally {
      await standIns.close();
    }
  } finally {
    await azure.close();
  }
}

/** Runs the command to its end. What ends this process by a signal reaches it first; a terminal's Ctrl-C reaches both. */
async function ended(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(command, args, { env, stdio: "inherit" });
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, pass);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => {
        reject(error.code === "ENOENT" ? new UserError(`There is no command ${command} on PATH.`, 127) : error);
      });
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
