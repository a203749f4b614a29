import { json, type AzureResponse } from "../http/message";
import { permissionsOf } from "./acl";
import { mayPath, needs } from "./dataAccess";
import { httpDate } from "./fileSystemCalls";
import { fileSystemOf, numberQuery, query, trimSlashes, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { lengthOf, type PathRecord } from "./pathRecord";
import { pathNotFound } from "./refusal";
import { element, escapeXml, xmlDeclaration } from "./xml";

const maximumPage = 5000;

/** Calls that list what a file system holds. */
export const listRoutes: readonly LakeRoute[] = [
  { endpoint: "dfs", method: "GET", level: "fileSystem", query: { resource: "filesystem" }, handle: listPaths },
  {
    endpoint: "blob",
    method: "GET",
    level: "fileSystem",
    query: { restype: "container", comp: "list" },
    handle: listBlobs,
  },
];

function listPaths(lake: LakeRequest): AzureResponse {
  const directory = trimSlashes(query(lake, "directory") ?? "");
  mayPath(lake, needs.list, directory);
  const { tree } = fileSystemOf(lake);
  if (tree.get(directory)?.isDirectory !== true) {
    throw pathNotFound();
  }
  const found = tree.below(directory, query(lake, "recursive")?.toLowerCase() === "true");
  const { shown, next } = paged(found, query(lake, "continuation"), numberQuery(lake, "maxResults"));
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

function listBlobs(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.list, "");
  const { tree } = fileSystemOf(lake);
  const prefix = query(lake, "prefix") ?? "";
  const delimiter = query(lake, "delimiter");
  const found = tree.below("", true).filter(({ path }) => path.startsWith(prefix));
  const direct =
    delimiter === undefined ? found : found.filter(({ path }) => !path.slice(prefix.length).includes(delimiter));
  const { shown, next } = paged(direct, query(lake, "marker"), numberQuery(lake, "maxresults"));
  const entries = shown.map((record) =>
    delimiter !== undefined && record.isDirectory
      ? element("BlobPrefix", [element("Name", `${record.path}${delimiter}`)])
      : blobXml(record),
  );
  const root = `<EnumerationResults ServiceEndpoint="${escapeXml(`https://${lake.request.host}/`)}" ContainerName="${escapeXml(lake.fileSystem)}">`;
  const body = `${xmlDeclaration}${root}${element("Prefix", prefix)}${element("Blobs", entries)}${element("NextMarker", next ?? "")}</EnumerationResults>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

function blobXml(record: PathRecord): string {
  const { path, isDirectory, etag, created, lastModified, contentHeaders } = record;
  return element("Blob", [
    element("Name", path),
    element("Properties", [
      element("Creation-Time", httpDate(created)),
      element("Last-Modified", httpDate(lastModified)),
      element("Etag", etag.replaceAll('"', "")),
      element("ResourceType", isDirectory ? "directory" : "file"),
      element("Content-Length", String(lengthOf(record))),
      element("Content-Type", contentHeaders["content-type"] ?? "application/octet-stream"),
      element("BlobType", "BlockBlob"),
      element("AccessTier", "Hot"),
      element("LeaseStatus", "unlocked"),
      element("LeaseState", "available"),
      element("ServerEncrypted", "true"),
    ]),
    ...(isDirectory ? [element("Metadata", [element("hdi_isfolder", "true")])] : []),
  ]);
}

/** One page; the token is the last path of the page before. */
function paged(
  records: readonly PathRecord[],
  token: string | undefined,
  wanted: number | undefined,
): { shown: PathRecord[]; next?: string } {
  const size = Math.max(1, Math.min(wanted ?? maximumPage, maximumPage));
  const after = Buffer.from(token ?? "", "base64url").toString("utf8");
  const rest = records.filter(({ path }) => path > after);
  const shown = rest.slice(0, size);
  const last = shown[shown.length - 1];
  return rest.length > size && last !== undefined
    ? { shown, next: Buffer.from(last.path).toString("base64url") }
    : { shown };
}

/** Hundreds of nanoseconds since 1601, as Windows counts them. */
const windowsFileTime = (time: string): bigint => (BigInt(Date.parse(time)) + 11_644_473_600_000n) * 10_000n;
