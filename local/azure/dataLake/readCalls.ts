import { empty, type AzureResponse } from "../http/message";
import { formatAcl, permissionsOf } from "./acl";
import { isUnchanged } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { httpDate, versionHeaders } from "./fileSystemCalls";
import type { FileTree } from "./fileTree";
import { fileSystemOf, headerOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { formatBlobMetadata, formatDfsMetadata } from "./metadata";
import { lengthOf, type PathRecord } from "./pathRecord";
import { invalidRange, pathNotFound } from "./refusal";

const dfs = { endpoint: "dfs", level: "path" } as const;
const blob = { endpoint: "blob", level: "path", query: { comp: null } } as const;

/** Calls that read a file, or what is said of it. */
export const readRoutes: readonly LakeRoute[] = [
  { ...dfs, method: "GET", query: { action: null }, handle: read },
  { ...blob, method: "GET", handle: read },
  { ...dfs, method: "HEAD", query: { action: null }, handle: look },
  { ...dfs, method: "HEAD", query: { action: "getStatus" }, handle: look },
  { ...blob, method: "HEAD", handle: look },
];

/** The path of a request, which must be there. @throws Refusal */
export function existingPath(lake: LakeRequest): { record: PathRecord; tree: FileTree } {
  const { tree } = fileSystemOf(lake);
  const record = tree.get(lake.path);
  if (record === undefined) {
    throw pathNotFound();
  }
  return { record, tree };
}

function read(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.read);
  const { record, tree } = existingPath(lake);
  if (isUnchanged(lake, record)) {
    return empty(304, versionHeaders(record));
  }
  const bytes = tree.read(record);
  const range = rangeOf(lake, bytes.length);
  const headers = headersOf(lake, record);
  if (range === undefined) {
    return { status: 200, headers, body: bytes };
  }
  const { first, last } = range;
  const contentRange = `bytes ${first}-${last}/${bytes.length}`;
  return { status: 206, headers: { ...headers, "content-range": contentRange }, body: bytes.subarray(first, last + 1) };
}

function look(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.look);
  const { record } = existingPath(lake);
  if (isUnchanged(lake, record)) {
    return empty(304, versionHeaders(record));
  }
  return empty(200, { ...headersOf(lake, record), "content-length": String(lengthOf(record)) });
}

function headersOf(lake: LakeRequest, record: PathRecord): Record<string, string> {
  const { isDirectory, metadata, contentHeaders, owner, group, acl, created } = record;
  const isBlob = lake.endpoint === "blob";
  const shownMetadata = isBlob
    ? formatBlobMetadata({ ...metadata, ...(isDirectory ? { hdi_isfolder: "true" } : {}) })
    : { "x-ms-properties": formatDfsMetadata(metadata) };
  return {
    "content-type": "application/octet-stream",
    ...contentHeaders,
    ...versionHeaders(record),
    ...shownMetadata,
    "accept-ranges": "bytes",
    "x-ms-resource-type": isDirectory ? "directory" : "file",
    "x-ms-owner": owner,
    "x-ms-group": group,
    "x-ms-permissions": permissionsOf(acl),
    "x-ms-acl": formatAcl(acl),
    "x-ms-creation-time": httpDate(created),
    "x-ms-lease-state": "available",
    "x-ms-lease-status": "unlocked",
    "x-ms-server-encrypted": "true",
    ...(isBlob
      ? { "x-ms-blob-type": "BlockBlob", "x-ms-access-tier": "Hot", "x-ms-access-tier-inferred": "true" }
      : {}),
  };
}

/** The asked-for range; undefined for the whole file. @throws Refusal where it begins after the end */
function rangeOf(lake: LakeRequest, length: number): { first: number; last: number } | undefined {
  const text = headerOf(lake, "x-ms-range") ?? headerOf(lake, "range");
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(text ?? "") ?? [];
  if (first === undefined) {
    return undefined;
  }
  if (Number(first) >= length) {
    throw invalidRange();
  }
  return { first: Number(first), last: last === "" ? length - 1 : Math.min(Number(last), length - 1) };
}
