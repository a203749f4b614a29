import { createHash } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const pollMs = 250;

/**
 * Makes this the one process that installs packages in a directory: a second `npm ci` would delete what the first one puts there.
 * The lock names its process, so one that a killed process has left counts for nothing. It lies outside of the directory, which
 * npm empties.
 *
 * @param {string} root the project's root directory
 * @param {() => void} waiting is called once where another process has the lock
 * @returns {Promise<() => void>} gives the lock back
 */
export async function lockInstallation(root, waiting) {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const file = join(tmpdir(), `azure-daemon-access-install-${name}`);
  let told = false;
  while (!taken(file)) {
    if (!told) waiting();
    told = true;
    await setTimeout(pollMs);
  }
  return () => rmSync(file, { force: true });
}

function taken(file) {
  // The lock appears with its process's number in it, so that it never stands empty.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isAtWork(file)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isAtWork(file) {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
