import { z } from "zod";
import { parseMode } from "../dataLake/acl";
import { ancestorsOf, lengthOf, parentOf, type PathRecord } from "../dataLake/pathRecord";
import { empty, json, jsonBody, type AzureResponse } from "../http/message";
import { pathQuery, redirected } from "./readCalls";
import { alreadyExists, badOffset, illegalArgument, notADirectory, notEmpty, notFound } from "./refusal";
import { mayPath, mayRemove } from "./storeAccess";
import { existingFile, flagQuery, numberQuery, parsedQuery, query, storePath, type StoreRequest } from "./storeRequest";
import type { StoreRoute } from "./storeRouter";

const sourcesBody = z.object({ sources: z.array(z.string()) });

/** Calls that make, write, move and remove. */
export const writeRoutes: readonly StoreRoute[] = [
  { operation: "MKDIRS", method: "PUT", handle: makeDirectories },
  { operation: "CREATE", method: "PUT", handle: create },
  { operation: "APPEND", method: "POST", handle: append },
  { operation: "RENAME", method: "PUT", handle: rename },
  { operation: "DELETE", method: "DELETE", handle: remove },
  { operation: "CONCAT", method: "POST", handle: concat },
  { operation: "MSCONCAT", method: "POST", handle: msConcat },
  { operation: "SETEXPIRY", method: "PUT", isExtended: true, handle: setExpiry },
];

const succeeded = (isDone: boolean): AzureResponse => json(200, { boolean: isDone });

function makeDirectories(store: StoreRequest): AzureResponse {
  const { tree, path, caller } = store;
  const present = tree.at(path);
  mayPath(store, present === undefined ? { onParent: "wx" } : {});
  if (present?.isDirectory === false) {
    throw alreadyExists(path);
  }
  if (present === undefined) {
    mustLieInDirectories(store, path);
    const mode = query(store, "permission") === undefined ? undefined : modeOf(store);
    tree.make(path, true, caller.objectId, mode);
  }
  return succeeded(true);
}

function create(store: StoreRequest): AzureResponse {
  const { tree, path, caller, request } = store;
  const present = tree.at(path);
  mayPath(store, present === undefined ? { onParent: "wx" } : { onPath: "w" });
  if (present?.isDirectory === true || (present !== undefined && flagQuery(store, "overwrite") !== true)) {
    throw alreadyExists(path);
  }
  if (flagQuery(store, "write") !== true) {
    return redirected(store, "write");
  }
  mustLieInDirectories(store, path);
  const mode = query(store, "permission") === undefined ? undefined : modeOf(store);
  const content = request.body;
  const made = tree.make(path, false, caller.objectId, mode);
  // A file that is written over keeps its owner and its list.
  const file =
    present === undefined
      ? made
      : tree.change(made, { owner: present.owner, group: present.group, acl: present.acl, created: present.created });
  tree.append(file, content);
  return empty(201, { location: `https://${request.host}/webhdfs/v1/${encodeURI(path)}?op=CREATE&write=true` });
}

function append(store: StoreRequest): AzureResponse {
  mayPath(store, { onPath: "w" });
  const file = existingFile(store);
  if (flagQuery(store, "append") !== true) {
    return redirected(store, "append");
  }
  const length = lengthOf(file);
  const offset = numberQuery(store, "offset") ?? length;
  if (offset !== length) {
    throw badOffset(offset, length);
  }
  store.tree.append(file, store.request.body);
  return empty(200);
}

function rename(store: StoreRequest): AzureResponse {
  const { tree, path } = store;
  const destination = pathQuery(store, "destination");
  mayRemove(store);
  const record = tree.at(path);
  if (record === undefined) {
    throw notFound(path);
  }
  // A move onto a directory is one into it.
  const into = tree.at(destination)?.isDirectory === true && destination !== path;
  const target = into ? [destination, path.slice(path.lastIndexOf("/") + 1)].filter(Boolean).join("/") : destination;
  mayPath(store, { onParent: "wx" }, target);
  const isPossible =
    path !== "" &&
    tree.at(target) === undefined &&
    !`${target}/`.startsWith(`${path}/`) &&
    tree.at(parentOf(target))?.isDirectory === true;
  if (isPossible) {
    tree.move(path, target);
  }
  return succeeded(isPossible);
}

function remove(store: StoreRequest): AzureResponse {
  const { tree, path } = store;
  mayRemove(store);
  const record = tree.at(path);
  if (record === undefined || path === "") {
    return succeeded(false);
  }
  const below = tree.below(path);
  if (below.length > 0 && flagQuery(store, "recursive") !== true) {
    throw notEmpty(path);
  }
  for (const directory of [record, ...below].filter(({ isDirectory }) => isDirectory && below.length > 0)) {
    mayPath(store, { onPath: "rwx" }, directory.path);
  }
  tree.remove(path);
  return succeeded(true);
}

/** Hadoop's own: the file must be there, and the sources are a parameter. */
function concat(store: StoreRequest): AzureResponse {
  mayPath(store, { onPath: "w" });
  existingFile(store);
  return concatenate(store, query(store, "sources")?.split(",") ?? []);
}

/** Azure's: makes the file where it is missing, and takes the sources in the body. */
function msConcat(store: StoreRequest): AzureResponse {
  const sources = concatenate(store, sourcesOf(store));
  const { tree } = store;
  const directory = parentOf(storePath(sourcesOf(store)[0] ?? "") ?? "");
  if (flagQuery(store, "deleteSourceDirectory") === true && tree.children(directory).length === 0) {
    mayRemove(store, directory);
    tree.remove(directory);
  }
  return sources;
}

function concatenate(store: StoreRequest, names: readonly string[]): AzureResponse {
  const { tree, path, caller } = store;
  const sources = names.map((name) => sourceOf(store, storePath(encodeURIComponent(name))));
  if (sources.length === 0) {
    throw illegalArgument("sources", undefined, "a list of files");
  }
  const present = tree.at(path);
  mayPath(store, present === undefined ? { onParent: "wx" } : { onPath: "w" });
  const bytes = Buffer.concat(sources.map((source) => tree.read(source)));
  tree.append(present ?? tree.make(path, false, caller.objectId), bytes);
  for (const source of sources) {
    tree.remove(source.path);
  }
  return empty(200);
}

function sourceOf(store: StoreRequest, path = ""): PathRecord {
  mayPath(store, { onPath: "r" }, path);
  mayRemove(store, path);
  return existingFile({ ...store, path });
}

/** JSON, or Hadoop's `sources=/a,/b`. */
function sourcesOf({ request }: StoreRequest): readonly string[] {
  const text = request.body.toString("utf8");
  if (text.startsWith("sources=")) {
    return text.slice("sources=".length).split(",");
  }
  try {
    return sourcesBody.safeParse(jsonBody(request)).data?.sources ?? [];
  } catch {
    return [];
  }
}

function setExpiry(store: StoreRequest): AzureResponse {
  mayPath(store, { onPath: "w" });
  const file = existingFile(store);
  const option = (query(store, "expiryOption") ?? "").toLowerCase();
  const time = numberQuery(store, "expireTime");
  const starts: Readonly<Record<string, number | undefined>> = {
    absolute: 0,
    relativetonow: store.cloud.clock.now().getTime(),
    relativetocreationdate: Date.parse(file.created),
  };
  const start = starts[option];
  if (option !== "neverexpire" && (start === undefined || time === undefined)) {
    const needed = "NeverExpire, or Absolute, RelativeToNow or RelativeToCreationDate with expireTime in milliseconds";
    throw illegalArgument("expiryOption", query(store, "expiryOption"), needed);
  }
  store.tree.expire(file, start === undefined ? undefined : start + (time ?? 0));
  return empty(200);
}

const modeOf = (store: StoreRequest): number =>
  parsedQuery(store, "permission", parseMode, "an octal number such as 770");

function mustLieInDirectories({ tree }: StoreRequest, path: string): void {
  const file = ancestorsOf(path).find((ancestor) => tree.at(ancestor)?.isDirectory === false);
  if (file !== undefined) {
    throw notADirectory(file);
  }
}
