import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../../../local/userError";
import { lastLines, run, type Ended } from "./process";
import type { Workshop } from "./environment";

/** The directory that environments are kept in: that of the user's caches. */
export const defaultCache = (machine: NodeJS.ProcessEnv): string =>
  join(machine["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "azure-daemon-access", "clients");

/** One step of making an environment, in its directory. */
export type Step = readonly [command: string, ...args: string[]];

/**
 * The directory of an environment that was made before from the same pins and tools, or a new one. It gets its name when
 * it is whole, so that a killed run leaves none, and of two runs at once the second finds the first one's.
 *
 * @param of what decides its content
 * @param fill puts files there, and says what to run
 * @throws UserError where a step fails
 */
export async function kept(
  name: string,
  of: readonly string[],
  { cache, machine, signal }: Workshop,
  fill: (directory: string) => readonly Step[],
): Promise<string> {
  const hash = createHash("sha256").update(of.join("\0")).digest("hex").slice(0, 16);
  const directory = join(cache, `${name}-${hash}`);
  if (existsSync(directory)) return directory;
  const staging = `${directory}.${process.pid}.new`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    for (const [command, ...args] of fill(staging)) {
      const ended = await run(command, args, { cwd: staging, env: machine, signal });
      if (ended.code !== 0) throw failed(name, [command, ...args], ended);
    }
    if (!existsSync(directory)) renameSync(staging, directory);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return directory;
}

const failed = (name: string, command: Step, ended: Ended): UserError =>
  new UserError(`${name} could not be installed: ${command.join(" ")}\n${lastLines(ended, 5)}`);

/** A file's text, to judge whether an environment was made from it. */
export const textOf = (file: string): string => readFileSync(file, "utf8");
