import { empty, type AzureResponse } from "../http/message";
import { formatAcl, permissionsOf } from "./acl";
import { crc64, md5 } from "./checksums";
import { isUnchanged } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { httpDate, versionHeaders } from "./fileSystemCalls";
import type { FileTree } from "./fileTree";
import { fileSystemOf, headerOf, isFlat, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { leaseHeaders } from "./lease";
import { formatBlobMetadata, formatDfsMetadata } from "./metadata";
import { blobTypeOf, lengthOf, type PathRecord } from "./pathRecord";
import { invalidHeader, invalidRange, notUnderstood, pathNotFound } from "./refusal";

const dfs = { endpoint: "dfs", level: "path" } as const;
const blob = { endpoint: "blob", level: "path", query: { comp: null } } as const;

/** The longest part that a checksum is made of, in bytes. */
const longestChecked = 4 * 1024 * 1024;

/** Calls that read a file, or what is said of it. */
export const readRoutes: readonly LakeRoute[] = [
  { ...dfs, method: "GET", query: { action: null }, handle: read },
  { ...blob, method: "GET", handle: read },
  { ...dfs, method: "HEAD", query: { action: null }, options: ["upn=false"], handle: look },
  { ...dfs, method: "HEAD", query: { action: "getStatus" }, options: ["upn=false"], handle: look },
  { ...blob, method: "HEAD", handle: look },
];

/** The path of a request, which must be there. @throws Refusal */
export function existingPath(lake: LakeRequest): { record: PathRecord; tree: FileTree } {
  const { tree } = fileSystemOf(lake);
  const record = tree.get(lake.path);
  // A flat namespace has no directories, whatever stands above its blobs here.
  if (
    record === undefined ||
    (isFlat(lake.account) && record.isDirectory && lake.path !== "" && lake.endpoint === "blob")
  ) {
    throw pathNotFound();
  }
  return { record, tree };
}

async function read(lake: LakeRequest): Promise<AzureResponse> {
  mayPath(lake, needs.read);
  const { record, tree } = existingPath(lake);
  if (isUnchanged(lake, record)) {
    return notModified(record);
  }
  const length = lengthOf(record);
  const range = rangeOf(lake, length);
  const headers = headersOf(lake, record);
  if (range === undefined) {
    return { status: 200, headers, body: tree.read(record) };
  }
  const { first, last } = range;
  const body = tree.read(record, first, last + 1);
  const { "content-md5": whole, ...others } = headers;
  return {
    status: 206,
    headers: {
      ...others,
      ...(whole === undefined ? {} : { [wholeMd5[lake.endpoint]]: whole }),
      ...(await rangeChecksum(lake, body)),
      "content-range": `bytes ${first}-${last}/${length}`,
    },
    body,
  };
}

/** Where the checksum of a whole file stands beside a part of it. */
const wholeMd5 = { blob: "x-ms-blob-content-md5", dfs: "x-ms-content-md5" } as const;

/** The part's own checksum, for whoever asks for it. @throws Refusal where the part is too long for that */
async function rangeChecksum(lake: LakeRequest, part: Buffer): Promise<Record<string, string>> {
  const asks = (name: string): boolean => headerOf(lake, `x-ms-range-get-content-${name}`)?.toLowerCase() === "true";
  if (part.length > longestChecked && (asks("md5") || asks("crc64"))) {
    throw invalidHeader("x-ms-range", "more than 4 MiB with a checksum");
  }
  return {
    ...(asks("md5") ? { "content-md5": md5(part) } : {}),
    ...(asks("crc64") ? { "x-ms-content-crc64": await crc64(part) } : {}),
  };
}

/** Azure names the condition that failed, though this is no error. */
const notModified = (record: PathRecord): AzureResponse =>
  empty(304, { ...versionHeaders(record), "x-ms-error-code": "ConditionNotMet" });

function look(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.look);
  const { record } = existingPath(lake);
  if (isUnchanged(lake, record)) {
    return notModified(record);
  }
  return empty(200, { ...headersOf(lake, record), "content-length": String(lengthOf(record)) });
}

function headersOf(lake: LakeRequest, record: PathRecord): Record<string, string> {
  const { isDirectory, metadata, contentHeaders, created } = record;
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
    ...(isFlat(lake.account) ? {} : ownership(record)),
    "x-ms-creation-time": httpDate(created),
    ...leaseHeaders(record, lake.cloud.clock.now()),
    "x-ms-server-encrypted": "true",
    ...(isBlob ? blobHeaders(record) : {}),
  };
}

const ownership = ({ isDirectory, owner, group, acl }: PathRecord): Record<string, string> => ({
  "x-ms-resource-type": isDirectory ? "directory" : "file",
  "x-ms-owner": owner,
  "x-ms-group": group,
  "x-ms-permissions": permissionsOf(acl),
  "x-ms-acl": formatAcl(acl),
});

const blobHeaders = (record: PathRecord): Record<string, string> => ({
  "x-ms-blob-type": blobTypeOf(record),
  ...(record.appendedBlocks === undefined
    ? { "x-ms-access-tier": "Hot", "x-ms-access-tier-inferred": "true" }
    : { "x-ms-blob-committed-block-count": String(record.appendedBlocks) }),
  ...(record.copy === undefined
    ? {}
    : {
        "x-ms-copy-id": record.copy.id,
        "x-ms-copy-source": record.copy.source,
        "x-ms-copy-status": "success",
        "x-ms-copy-progress": `${record.copy.length}/${record.copy.length}`,
        "x-ms-copy-completion-time": httpDate(record.copy.completed),
      }),
});

/** The asked-for range; undefined for the whole file. @throws Refusal where it begins after the end */
function rangeOf(lake: LakeRequest, length: number): { first: number; last: number } | undefined {
  const text = headerOf(lake, "x-ms-range") ?? headerOf(lake, "range");
  if (text === undefined) {
    return undefined;
  }
  const [, from, to = ""] = /^bytes=(\d+)-(\d*)$/.exec(text) ?? [];
  if (from === undefined) {
    throw notUnderstood(`the range ${text}`);
  }
  const [first, last] = [Number(from), to === "" ? length - 1 : Math.min(Number(to), length - 1)];
  if (first >= length) {
    throw invalidRange(length);
  }
  if (last < first) {
    throw invalidHeader("Range", text);
  }
  return { first, last };
}
