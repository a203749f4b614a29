import { json, type AzureResponse } from "../http/message";
import { permissionsOf } from "./acl";
import { mayPath, needs } from "./dataAccess";
import { httpDate } from "./fileSystemCalls";
import { fileSystemOf, numberQuery, query, trimSlashes, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { paged } from "./paging";
import { lengthOf, type PathRecord } from "./pathRecord";
import { pathNotFound } from "./refusal";

/** Calls that list what a file system holds. */
export const listRoutes: readonly LakeRoute[] = [
  {
    endpoint: "dfs",
    method: "GET",
    level: "fileSystem",
    query: { resource: "filesystem" },
    options: ["directory", "recursive", "continuation", "maxresults", "upn=false"],
    handle: listPaths,
  },
];

function listPaths(lake: LakeRequest): AzureResponse {
  const directory = trimSlashes(query(lake, "directory") ?? "");
  mayPath(lake, needs.list, directory);
  const { tree } = fileSystemOf(lake);
  if (tree.get(directory)?.isDirectory !== true) {
    throw pathNotFound();
  }
  const isRecursive = query(lake, "recursive")?.toLowerCase() === "true";
  // A blob whose name ends in a slash stands for a directory that is listed already.
  const found = tree.below(directory, isRecursive).filter(({ path }) => !path.endsWith("/"));
  const { shown, next } = paged(
    found,
    ({ path }) => path,
    query(lake, "continuation"),
    numberQuery(lake, "maxResults"),
  );
  return json(200, { paths: shown.map(pathEntry) }, { "x-ms-continuation": next });
}

/** Numbers and booleans are strings here, and a file has no `isDirectory`. */
function pathEntry(record: PathRecord): object {
  const { path, isDirectory, etag, created, lastModified, owner, group, acl } = record;
  return {
    name: path,
    ...(isDirectory ? { isDirectory: "true" } : {}),
    contentLength: String(lengthOf(record)),
    etag: etag.replaceAll('"', ""),
    creationTime: String(windowsFileTime(created)),
    lastModified: httpDate(lastModified),
    owner,
    group,
    permissions: permissionsOf(acl),
  };
}

/** Hundreds of nanoseconds since 1601, as Windows counts them. */
const windowsFileTime = (time: string): bigint => (BigInt(Date.parse(time)) + 11_644_473_600_000n) * 10_000n;
