import type { Cloud } from "../cloud";
import { trimSlashes } from "../dataLake/lakeRequest";
import type { PathRecord } from "../dataLake/pathRecord";
import type { Caller } from "../entra/caller";
import { queryParameter, type AzureRequest } from "../http/message";
import type { AccountRecord } from "./accountRecord";
import { illegalArgument, notAFile, notFound } from "./refusal";
import type { StoreTree } from "./storeTree";

/** A data request, with what is known of it before it is answered. */
export interface StoreRequest {
  readonly cloud: Cloud;
  readonly request: AzureRequest;
  readonly caller: Caller;
  readonly account: AccountRecord;
  readonly tree: StoreTree;
  /** In capitals, for example "LISTSTATUS". */
  readonly operation: string;
  /** Without slashes at its ends; empty for the root directory. */
  readonly path: string;
}

/** A path in the store's own form; undefined where it climbs out of the root or its percent-encoding is broken. */
export function storePath(encoded: string): string | undefined {
  try {
    const segments = trimSlashes(decodeURIComponent(encoded)).split("/");
    return segments.includes("..") ? undefined : segments.filter((each) => each !== "" && each !== ".").join("/");
  } catch {
    return undefined;
  }
}

export const query = ({ request }: StoreRequest, name: string): string | undefined => queryParameter(request, name);

/** @throws Refusal where it is neither true nor false */
export function flagQuery(store: StoreRequest, name: string): boolean | undefined {
  const text = query(store, name)?.toLowerCase();
  if (text !== undefined && text !== "true" && text !== "false") {
    throw illegalArgument(name, text, "true or false");
  }
  return text === undefined ? undefined : text === "true";
}

/** @throws Refusal where it is no whole number */
export function numberQuery(store: StoreRequest, name: string): number | undefined {
  const text = query(store, name);
  if (text !== undefined && !/^\d{1,15}$/.test(text)) {
    throw illegalArgument(name, text, "a whole number");
  }
  return text === undefined ? undefined : Number(text);
}

/** A parameter in a form of its own. @throws Refusal where it is missing or holds something else */
export function parsedQuery<T>(
  store: StoreRequest,
  name: string,
  parse: (text: string) => T | undefined,
  needed: string,
): T {
  const text = query(store, name);
  const parsed = text === undefined ? undefined : parse(text);
  if (parsed === undefined) {
    throw illegalArgument(name, text, needed);
  }
  return parsed;
}

/** The path of a request, which must be there. @throws Refusal */
export function existingPath({ tree, path }: StoreRequest): PathRecord {
  const record = tree.at(path);
  if (record === undefined) {
    throw notFound(path);
  }
  return record;
}

/** The file of a request, which must be there. @throws Refusal */
export function existingFile(store: StoreRequest): PathRecord {
  const record = existingPath(store);
  if (record.isDirectory) {
    throw notAFile(store.path);
  }
  return record;
}
