import { empty, json, type AzureResponse } from "../http/message";
import { lengthOf } from "../dataLake/pathRecord";
import { fileStatus } from "./fileStatus";
import { illegalArgument } from "./refusal";
import { mayPath } from "./storeAccess";
import {
  existingFile,
  existingPath,
  flagQuery,
  numberQuery,
  parsedQuery,
  query,
  storePath,
  type StoreRequest,
} from "./storeRequest";
import type { StoreRoute } from "./storeRouter";

const largestPage = 4000;

/** Calls that read, and change nothing. */
export const readRoutes: readonly StoreRoute[] = [
  { operation: "GETFILESTATUS", method: "GET", handle: getFileStatus },
  { operation: "LISTSTATUS", method: "GET", handle: listStatus },
  { operation: "GETCONTENTSUMMARY", method: "GET", handle: getContentSummary },
  { operation: "OPEN", method: "GET", handle: open },
  { operation: "CHECKACCESS", method: "GET", handle: checkAccess },
];

function getFileStatus(store: StoreRequest): AzureResponse {
  mayPath(store, {});
  return json(200, { FileStatus: fileStatus(existingPath(store), "") });
}

function listStatus(store: StoreRequest): AzureResponse {
  const { tree, path } = store;
  mayPath(store, tree.at(path)?.isDirectory === false ? {} : { onPath: "rx" });
  const record = existingPath(store);
  const after = query(store, "listAfter") ?? "";
  const size = Math.min(numberQuery(store, "listSize") ?? largestPage, largestPage);
  const all = record.isDirectory
    ? tree.children(path).map((child) => ({ child, name: child.path.slice(path === "" ? 0 : path.length + 1) }))
    : [{ child: record, name: "" }];
  const rest = all.filter(({ name }) => after === "" || name > after);
  const page = rest.slice(0, size);
  const continuationToken = page.length < rest.length ? (page.at(-1)?.name ?? "") : "";
  return json(200, {
    FileStatuses: { FileStatus: page.map(({ child, name }) => fileStatus(child, name)), continuationToken },
  });
}

function getContentSummary(store: StoreRequest): AzureResponse {
  mayPath(store, { onPath: "rx" });
  const all = [existingPath(store), ...store.tree.below(store.path)];
  const directoryCount = all.filter(({ isDirectory }) => isDirectory).length;
  const length = all.reduce((sum, record) => sum + lengthOf(record), 0);
  const fileCount = all.length - directoryCount;
  const spaceConsumed = length;
  return json(200, {
    ContentSummary: { directoryCount, fileCount, length, quota: -1, spaceConsumed, spaceQuota: -1 },
  });
}

function open(store: StoreRequest): AzureResponse {
  mayPath(store, { onPath: "r" });
  const record = existingFile(store);
  if (flagQuery(store, "read") !== true) {
    return redirected(store, "read");
  }
  const bytes = store.tree.read(record);
  const offset = numberQuery(store, "offset") ?? 0;
  if (offset > bytes.length) {
    throw illegalArgument("offset", String(offset), `within the file's ${bytes.length} bytes`);
  }
  const body = bytes.subarray(offset, offset + (numberQuery(store, "length") ?? bytes.length));
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body };
}

function checkAccess(store: StoreRequest): AzureResponse {
  const wanted = parsedQuery(store, "fsaction", actionsOf, "rights such as r-x");
  mayPath(store, { onPath: wanted });
  existingPath(store);
  return empty(200);
}

const actionsOf = (text: string): string | undefined =>
  /^[r-][w-][x-]$/.test(text) ? text.replaceAll("-", "") : undefined;

/** WebHDFS moves data in a second request; here that is the same address with a word more. */
export function redirected({ request, path }: StoreRequest, word: "read" | "write" | "append"): AzureResponse {
  const parameters = new URLSearchParams(request.query);
  parameters.set(word, "true");
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const location = `https://${request.host}/webhdfs/v1/${encoded}?${parameters.toString()}`;
  return empty(307, { location });
}

/** A path given as a parameter. @throws Refusal */
export const pathQuery = (store: StoreRequest, name: string): string =>
  parsedQuery(store, name, (text) => storePath(encodeURIComponent(text)), "a path in this account");
