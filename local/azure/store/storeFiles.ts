import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { StateDamagedError, StoreInUseError, StoreUnusableError, whyOf } from "./stateErrors";
import { localCommand } from "../../invocation";

/** What someone can do about a store that lost something. */
export const remedy = `Restore the state directory from a backup, or start again from empty: \`${localCommand("reset")}\`, then \`${localCommand()}\`.`;

/**
 * Opens LevelDB in a directory that only its owner reads. LevelDB makes files at any time, each as the process's umask has it, so
 * the umask is set too.
 */
export async function openLevel(directory: string): Promise<ClassicLevel> {
  process.umask(0o077);
  const db = new ClassicLevel(directory);
  try {
    makePrivate(directory);
    refuseWithoutCurrent(directory);
    await db.open();
    return db;
  } catch (error) {
    throw openingFailure(directory, error);
  }
}

/** Deletes LevelDB's own files in a directory. */
export const destroyLevel = (directory: string): Promise<void> => ClassicLevel.destroy(directory);

function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true }).filter((candidate) => candidate.isFile())) {
    makeFilePrivate(join(directory, entry.name));
  }
}

/** LevelDB takes a directory without this file for a new one, and deletes what is in it. */
function refuseWithoutCurrent(directory: string): void {
  const names = readdirSync(directory);
  if (names.some((name) => name.startsWith("MANIFEST")) && !names.includes("CURRENT")) {
    throw damaged(directory, "its file CURRENT is missing");
  }
}

const damaged = (directory: string, damage: string): StateDamagedError =>
  new StateDamagedError(directory, damage, `It held all of local Azure's state. ${remedy}`);

function makeFilePrivate(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (error) {
    // Another process has the store open, and LevelDB has just removed the file.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw error;
    }
  }
}

function openingFailure(directory: string, error: unknown): Error {
  if (error instanceof StateDamagedError) {
    return error;
  }
  const { code, message = "" } = (error as { cause?: { code?: string; message?: string } }).cause ?? {};
  if (code === "LEVEL_LOCKED") {
    return new StoreInUseError(directory);
  }
  const isDamage = code === "LEVEL_CORRUPTION" || message.endsWith("No such file or directory");
  return isDamage ? damaged(directory, whyOf(error)) : new StoreUnusableError(directory, error);
}
