import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { markerName, type StateDirectory } from "./stateDirectory";
import { exitCodes, UserError } from "./userError";

/** The form of the state directory that this version reads and writes. */
const format = 1;

/** Bytes of `state.key`. */
const keyBytes = 32;

/** A marker that a kill left unfinished. */
const staging = `${markerName}.new`;

/** Everything that local Azure itself puts into a state directory. */
const ownNames: ReadonlySet<string> = new Set([
  "store",
  "store.commits",
  "certificates",
  "state.key",
  "state.key.new",
  "requests.log",
  staging,
  "holder.json",
  "serve.json",
  "serve.json.new",
  "pulumi",
]);

const markerSchema = z.object({ format: z.number() });

/** Certificates that a kill left half written. */
const isOwn = (name: string): boolean => ownNames.has(name) || /^certificates\.\d+\.new$/.test(name);

/**
 * Takes a directory as a state directory: makes it, or marks an empty one, or recognises one that it has marked before.
 *
 * @throws UserError where it holds anything else, or what a newer version has made
 */
export function claimStateDirectory(state: StateDirectory): void {
  mkdirSync(state.path, { recursive: true, mode: 0o700 });
  if (!existsSync(state.markerFile)) {
    // A state directory may lie inside another's.
    const foreign = entriesOf(state.path).filter(
      (name) => name !== staging && !isStateDirectory(join(state.path, name)),
    );
    if (foreign.length > 0 && !isEarlierState(state.path)) {
      throw new UserError(
        `${state.path} is not a state directory of local Azure: it contains ${listed(foreign)}. ` +
          "Give LOCAL_AZURE_DIRECTORY a directory that is empty or does not exist.",
        exitCodes.usage,
      );
    }
    mark(state);
  }
  refuseNewer(state);
  // It holds secrets, whoever made it and whatever others may read beside it.
  chmodSync(state.path, 0o700);
}

/**
 * Deletes what local Azure has made in a state directory, and the directory where nothing else is in it. The marker goes
 * last: an interrupted deletion can be repeated.
 *
 * @returns names of what is left, which is not local Azure's
 * @throws UserError where it is no state directory
 */
export function emptyStateDirectory(state: StateDirectory): string[] {
  assertStateDirectory(state);
  for (const name of entriesOf(state.path).filter(isOwn)) {
    rmSync(join(state.path, name), { recursive: true, force: true });
  }
  rmSync(state.markerFile, { force: true });
  const left = entriesOf(state.path);
  if (left.length === 0) {
    rmdirSync(state.path);
  }
  return left;
}

/** @throws UserError where a directory is no state directory of local Azure's */
export function assertStateDirectory(state: StateDirectory): void {
  if (!isStateDirectory(state.path)) {
    throw new UserError(
      `${state.path} is not a state directory of local Azure: it has no ${markerName}. Nothing was deleted. ` +
        "Check LOCAL_AZURE_DIRECTORY.",
      exitCodes.usage,
    );
  }
}

const isStateDirectory = (path: string): boolean => existsSync(join(path, markerName)) || isEarlierState(path);

/** Versions before the marker left a LevelDB store, and beside it a key of 32 bytes, or nothing that isn't theirs. */
function isEarlierState(path: string): boolean {
  const hasStore = existsSync(join(path, "store", "CURRENT"));
  return hasStore && (sizeOf(join(path, "state.key")) === keyBytes || entriesOf(path).every(isOwn));
}

function mark({ path, markerFile }: StateDirectory): void {
  const text = JSON.stringify({ about: "State of local Azure. Its command reset deletes it.", format });
  // In one step: a kill must not leave a part of it.
  writeFileSync(join(path, staging), `${text}\n`, { mode: 0o600 });
  renameSync(join(path, staging), markerFile);
}

/** An older version would not see what a newer one has added, and would go on without it. */
function refuseNewer({ path, markerFile }: StateDirectory): void {
  const found = formatIn(readFileSync(markerFile, "utf8"));
  if (found !== undefined && found > format) {
    throw new UserError(
      `${path} was made by a newer version of local Azure: its state has format ${found}, and this version supports formats up to ${format}. ` +
        "Nothing was changed. Use that version, or give LOCAL_AZURE_DIRECTORY another directory.",
    );
  }
}

/** Undefined where a kill has torn the marker: there was no other format when that could happen. */
function formatIn(marker: string): number | undefined {
  try {
    return markerSchema.parse(JSON.parse(marker)).format;
  } catch {
    return undefined;
  }
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return [];
    }
    throw error;
  }
}

const sizeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;

const shown = 3;

const listed = (names: readonly string[]): string =>
  names.length > shown ? `${names.slice(0, shown).join(", ")} and ${names.length - shown} more` : names.join(", ");
