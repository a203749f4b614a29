import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Attempt, EngineSearch } from "./engineSearch";
import { isExecutable, tryExecutable } from "./executable";
import { pinnedVersion } from "./version";

const stagingPrefix = ".staging-";
/** As {@link fillCache} names its directories, and nobody else. */
const stagingName = /^\.staging-(\d+)-\w{6}$/;

const versionsDirectory = (search: EngineSearch): string => join(search.home, ".pulumi", "versions");

/** Where the pinned engine is kept, by the Automation API too. */
export const cacheDirectory = (search: EngineSearch): string => join(versionsDirectory(search), pinnedVersion, "bin");

/** The engine of the cache, if it is there and runs. */
export async function cachedEngine(search: EngineSearch): Promise<Attempt> {
  const command = join(cacheDirectory(search), "pulumi");
  return isExecutable(command) ? await tryExecutable(command, search) : { reason: `there is no ${command}` };
}

/**
 * Fills the cache in one step: `make` writes into a directory of its own, which takes the cache's place when the engine
 * in it has shown that it runs. An interruption leaves the cache as it was.
 *
 * @param make fills `<directory>/bin`, or says why it can't
 */
export async function fillCache(
  search: EngineSearch,
  make: (directory: string) => Promise<string | undefined>,
): Promise<Attempt> {
  const versions = versionsDirectory(search);
  mkdirSync(join(versions, pinnedVersion), { recursive: true });
  removeAbandoned(versions);
  const staging = mkdtempSync(join(versions, `${stagingPrefix}${process.pid}-`));
  try {
    mkdirSync(join(staging, "bin"));
    const reason = await make(staging);
    if (reason !== undefined) {
      return { reason };
    }
    const made = await tryExecutable(join(staging, "bin", "pulumi"), {
      ...search,
      memoryFile: join(staging, "memory"),
    });
    if ("reason" in made) {
      return made;
    }
    await publish(join(staging, "bin"), search);
    return await cachedEngine(search);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function publish(made: string, search: EngineSearch): Promise<void> {
  const cache = cacheDirectory(search);
  try {
    renameSync(made, cache);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") {
      throw error;
    }
    // Another process was first, and its engine may be in use; only a broken one makes way.
    if ("reason" in (await cachedEngine(search))) {
      rmSync(cache, { recursive: true });
      renameSync(made, cache);
    }
  }
}

/** Removes what killed processes left behind. */
function removeAbandoned(versions: string): void {
  for (const name of readdirSync(versions)) {
    const pid = stagingName.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(versions, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
