import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import type * as identity from "@azure/identity";
import type * as api from "../../doctor/azure/api";
import { failureOf } from "../../doctor/azure/failure";
import type { KnownNames } from "../model/sources";
import { readKnownNames, writeKnownNames } from "./knownNames";
import { type LookedUp, lookedUpNames } from "./lookedUpNames";

/** Loads a module at the moment it is needed: a report without a look-up needs no SDK of Azure. */
const later = createRequire(__filename);

/** Where names are kept where the command line names no other place. */
export const DEFAULT_NAMES_FILE = "access-names.json";

const CALL_SECONDS = 20;

interface Wanted {
  readonly namesFile?: string;
  readonly lookUpNames: boolean;
}

/**
 * The names that are known without Graph: of the file that is named, or of an earlier look-up.
 * @throws UsageError where the file holds anything else
 */
export function knownNames({ namesFile, lookUpNames }: Wanted): KnownNames {
  const path = namesFile ?? DEFAULT_NAMES_FILE;
  const mayBeNew = namesFile === undefined || lookUpNames;
  return mayBeNew && !existsSync(path) ? new Map<string, { displayName: string }>() : readKnownNames(path);
}

/** Looks up who is behind IDs, and keeps what was found for the next time. A refusal is told, and ends nothing. */
export async function lookUp(
  ids: readonly string[],
  known: KnownNames,
  { namesFile = DEFAULT_NAMES_FILE }: Wanted,
  progress: (line: string) => void,
): Promise<KnownNames> {
  if (ids.length === 0) return known;
  const { names, refusal } = await fromGraph(ids, progress);
  if (refusal !== undefined) {
    progress(`Some names are not known, and stay IDs. Microsoft Graph: ${refusal}`);
  }
  const all = new Map([...known, ...names]);
  if (names.size > 0) writeKnownNames(namesFile, all);
  return all;
}

async function fromGraph(ids: readonly string[], progress: (line: string) => void): Promise<LookedUp> {
  const { DefaultAzureCredential } = later("@azure/identity") as typeof identity;
  const { HttpApi } = later("../../doctor/azure/api") as typeof api;
  try {
    const graph = new HttpApi(new DefaultAzureCredential(), { callSeconds: CALL_SECONDS, progress });
    return await lookedUpNames(ids, graph);
  } catch (error) {
    // Nobody is signed in.
    return { names: new Map(), refusal: failureOf(error).message };
  }
}
