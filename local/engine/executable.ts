import { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Attempt, EngineSearch } from "./engineSearch";
import { run } from "./run";
import { parseVersion, whyUnfit } from "./version";

/** A script or a shim is smaller than this; it may stand for another version tomorrow. The engine has 80 MB. */
const binaryBytes = 10_000_000;
const startTimeoutMs = 20_000;

interface Remembered {
  readonly size: number;
  readonly modified: number;
  readonly version: string;
}

/** The first executable of a name on PATH. */
export function onPath(name: string, path: string | undefined): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

/**
 * Starts an executable to see that it runs and which version it is. A binary that has been seen is taken at its size
 * and date, so that the next command needn't start it.
 */
export async function tryExecutable(command: string, search: EngineSearch): Promise<Attempt> {
  const { size, mtimeMs } = statSync(command);
  const known = remembered(search.memoryFile)[command];
  if (known !== undefined && known.size === size && known.modified === mtimeMs) {
    return { engine: { command, version: known.version } };
  }
  const env = { ...search.env, HOME: search.home, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout, reason } = await run({ command, args: ["version"], env, timeoutMs: startTimeoutMs });
  if (reason !== "") {
    return { reason: `${command} does not run: ${reason}` };
  }
  const version = parseVersion(stdout);
  if (version === undefined) {
    return { reason: `${command} answered \`version\` without a version` };
  }
  const unfit = whyUnfit(version);
  if (unfit !== undefined) {
    return { reason: `${command} does not fit: ${unfit}` };
  }
  if (size >= binaryBytes) {
    remember(search.memoryFile, command, { size, modified: mtimeMs, version });
  }
  return { engine: { command, version } };
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function remembered(file: string): Record<string, Remembered> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, Remembered>;
  } catch {
    // None yet, or a torn one: either way nothing is known.
    return {};
  }
}

function remember(file: string, command: string, entry: Remembered): void {
  const staging = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(staging, JSON.stringify({ ...remembered(file), [command]: entry }));
  renameSync(staging, file);
}
