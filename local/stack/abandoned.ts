import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const lockSchema = z.object({ pid: z.number() });
const graceMs = 3_000;
const pollMs = 50;

/**
 * Clears up after a command that was killed: ends the engine process it left behind, and removes that engine's lock.
 * Call it only while holding the stack's lock, which proves that nobody is at work.
 *
 * @param backend the backend's directory
 * @param tell hears one line for each thing done
 */
export async function clearAbandoned(backend: string, tell: (line: string) => void): Promise<void> {
  const locks = join(backend, ".pulumi", "locks");
  if (!existsSync(locks)) {
    return;
  }
  for (const name of readdirSync(locks, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".json"),
  )) {
    const file = join(locks, name);
    const pid = engineOf(file);
    if (pid !== undefined && isEngine(pid)) {
      tell(`A killed command left the engine running (process ${pid}): ending it.`);
      await end(pid);
    }
    tell("A killed command left the stack locked: unlocking it.");
    rmSync(file, { force: true });
  }
}

function engineOf(file: string): number | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, "utf8"))).pid;
  } catch {
    // Torn by the kill: its engine is not known, and can't write without the providers that died with its driver.
    return undefined;
  }
}

/** A process ID may long belong to another program. */
function isEngine(pid: number): boolean {
  try {
    return execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).includes("pulumi");
  } catch {
    return false;
  }
}

/** Without its providers the engine ends by itself; it gets a moment to write its state. */
async function end(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    if (!send(pid, signal)) {
      return;
    }
    const deadline = performance.now() + graceMs;
    while (performance.now() < deadline && send(pid, 0)) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}

/** False where there is no such process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
