import type { AzureResponse } from "../http/message";
import { formatAcl, permissionsOf } from "./acl";
import { mayPath, needs } from "./dataAccess";
import { httpDate } from "./fileSystemCalls";
import type { FileTree } from "./fileTree";
import { fileSystemOf, isFlat, numberQuery, query, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { isLocked, leaseState } from "./lease";
import { paged } from "./paging";
import { blobTypeOf, lengthOf, type PathRecord } from "./pathRecord";
import { notUnderstood, outOfRange } from "./refusal";
import { element, escapeXml, xmlDeclaration } from "./xml";

/** What the list can show beside each blob's properties. */
const includable = ["metadata", "copy", "uncommittedblobs", "permissions"];

export const blobListRoutes: readonly LakeRoute[] = [
  {
    endpoint: "blob",
    method: "GET",
    level: "fileSystem",
    query: { restype: "container", comp: "list" },
    options: ["prefix", "delimiter", "marker", "maxresults", "include", "startfrom"],
    handle: listBlobs,
  },
];

/** A line of the list: a blob, what stands for all that begins alike, or a blob of uncommitted blocks alone. */
interface Entry {
  readonly name: string;
  readonly kind: "blob" | "prefix" | "uncommitted";
  readonly record?: PathRecord | undefined;
}

function listBlobs(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.list, "");
  const { tree } = fileSystemOf(lake);
  const include = (query(lake, "include") ?? "").split(",").filter((each) => each !== "");
  const unknown = include.find((each) => !includable.includes(each.toLowerCase()));
  if (unknown !== undefined) {
    throw notUnderstood(`the query parameter include=${unknown}`);
  }
  const wanted = numberQuery(lake, "maxresults");
  if (wanted === 0) {
    throw outOfRange("maxresults", "0");
  }
  const entries = entriesOf(lake, tree, include.includes("uncommittedblobs"));
  const { shown, next } = paged(entries, ({ name }) => name, query(lake, "marker"), wanted);
  const echoed = [
    ["Prefix", query(lake, "prefix") ?? ""],
    ["Marker", query(lake, "marker")],
    ["MaxResults", query(lake, "maxresults")],
    ["Delimiter", query(lake, "delimiter")],
  ].flatMap(([name = "", value]) => (value === undefined ? [] : [element(name, value)]));
  const root = `<EnumerationResults ServiceEndpoint="${escapeXml(`https://${lake.request.host}/`)}" ContainerName="${escapeXml(lake.fileSystem)}">`;
  const blobs = element(
    "Blobs",
    shown.map((entry) => entryXml(entry, include, lake.cloud.clock.now())),
  );
  const body = `${xmlDeclaration}${root}${echoed.join("")}${blobs}${element("NextMarker", next ?? "")}</EnumerationResults>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

/** A flat namespace has no directories: what begins alike up to the delimiter is one line there too. */
function entriesOf(lake: LakeRequest, tree: FileTree, withUncommitted: boolean): Entry[] {
  const prefix = query(lake, "prefix") ?? "";
  const delimiter = query(lake, "delimiter") ?? "";
  const flat = isFlat(lake.account);
  const entries = new Map<string, Entry>();
  const add = (path: string, kind: "blob" | "uncommitted", record?: PathRecord): void => {
    const end = delimiter === "" ? -1 : path.indexOf(delimiter, prefix.length);
    const isDirectory = delimiter !== "" && record?.isDirectory === true;
    const group =
      end === -1 ? (isDirectory ? `${path}${delimiter}` : undefined) : path.slice(0, end + delimiter.length);
    if (group === undefined) {
      entries.set(path, { name: path, kind, record });
    } else if (!entries.has(group) || isDirectory) {
      const directory = flat ? undefined : tree.get(group.slice(0, -delimiter.length));
      entries.set(group, { name: group, kind: "prefix", record: directory });
    }
  };
  for (const record of tree.below("", true)) {
    if (record.path.startsWith(prefix) && !(flat && record.isDirectory)) {
      add(record.path, "blob", record);
    }
  }
  const uncommitted = withUncommitted ? tree.uncommittedPaths() : [];
  for (const path of uncommitted.filter((each) => each.startsWith(prefix) && tree.get(each) === undefined)) {
    add(path, "uncommitted");
  }
  // What stands for several is listed where any of them is.
  const start = query(lake, "startfrom") ?? "";
  const listed = [...entries.values()].filter(
    ({ name, kind }) => name >= start || (kind === "prefix" && start.startsWith(name)),
  );
  return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entryXml({ name, kind, record }: Entry, include: readonly string[], now: Date): string {
  if (record === undefined) {
    const bare = element("Properties", [element("Content-Length", "0"), element("BlobType", "BlockBlob")]);
    return kind === "prefix"
      ? element("BlobPrefix", [element("Name", name)])
      : element("Blob", [element("Name", name), bare]);
  }
  const { isDirectory, metadata } = record;
  const shownMetadata = { ...metadata, ...(isDirectory ? { hdi_isfolder: "true" } : {}) };
  return element(kind === "prefix" ? "BlobPrefix" : "Blob", [
    element("Name", name),
    element("Properties", propertiesXml(record, include, now)),
    ...(include.includes("metadata") && kind === "blob"
      ? [
          element(
            "Metadata",
            Object.entries(shownMetadata).map(([key, value]) => element(key, value)),
          ),
        ]
      : []),
  ]);
}

function propertiesXml(record: PathRecord, include: readonly string[], now: Date): string[] {
  const { isDirectory, etag, created, lastModified, contentHeaders, owner, group, acl, copy } = record;
  const length = String(lengthOf(record));
  const state = leaseState(record, now);
  const properties: Record<string, string | undefined> = {
    "Creation-Time": httpDate(created),
    "Last-Modified": httpDate(lastModified),
    Etag: etag.replaceAll('"', ""),
    ResourceType: isDirectory ? "directory" : "file",
    "Content-Length": length,
    "Content-Type": contentHeaders["content-type"] ?? "application/octet-stream",
    "Content-Encoding": contentHeaders["content-encoding"] ?? "",
    "Content-Language": contentHeaders["content-language"] ?? "",
    "Content-MD5": contentHeaders["content-md5"] ?? "",
    "Content-Disposition": contentHeaders["content-disposition"] ?? "",
    "Cache-Control": contentHeaders["cache-control"] ?? "",
    BlobType: blobTypeOf(record),
    ...(record.appendedBlocks === undefined ? { AccessTier: "Hot", AccessTierInferred: "true" } : {}),
    LeaseStatus: isLocked(state) ? "locked" : "unlocked",
    LeaseState: state,
    ServerEncrypted: "true",
    ...(include.includes("permissions")
      ? { Owner: owner, Group: group, Permissions: permissionsOf(acl), Acl: formatAcl(acl) }
      : {}),
    ...(include.includes("copy") && copy !== undefined
      ? {
          CopyId: copy.id,
          CopySource: copy.source,
          CopyStatus: "success",
          CopyProgress: `${copy.length}/${copy.length}`,
          CopyCompletionTime: httpDate(copy.completed),
        }
      : {}),
  };
  return Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [element(name, value)]));
}
