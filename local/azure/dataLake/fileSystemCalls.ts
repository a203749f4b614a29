import { empty, json, type AzureResponse } from "../http/message";
import { checkConditions } from "./conditions";
import { mayFileSystem } from "./dataAccess";
import { isFileSystemName, type FileSystemRecord } from "./fileSystems";
import { fileSystemOf, numberQuery, query, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { isLocked, leaseHeaders, leaseState } from "./lease";
import { checkLease } from "./leaseCheck";
import { blobMetadata, dfsMetadata, formatBlobMetadata, formatDfsMetadata } from "./metadata";
import { fileSystemBeingDeleted, fileSystemExists, invalidFileSystemName } from "./refusal";
import { element, escapeXml, xmlDeclaration } from "./xml";

const dfs = { endpoint: "dfs", level: "fileSystem", query: { resource: "filesystem" } } as const;
const blob = { endpoint: "blob", level: "fileSystem", query: { restype: "container", comp: null } } as const;
const maximumPage = 5000;

/** Calls on file systems themselves, which the blob host calls containers. */
export const fileSystemRoutes: readonly LakeRoute[] = [
  { ...dfs, method: "PUT", handle: create },
  { ...blob, method: "PUT", handle: create },
  { ...dfs, method: "HEAD", handle: properties },
  { ...blob, method: "HEAD", handle: properties },
  { ...blob, method: "GET", handle: properties },
  { ...dfs, method: "DELETE", handle: remove },
  { ...blob, method: "DELETE", handle: remove },
  { ...dfs, method: "PATCH", handle: setMetadata },
  { ...blob, method: "PUT", query: { restype: "container", comp: "metadata" }, handle: setMetadata },
  {
    endpoint: "dfs",
    method: "GET",
    level: "account",
    query: { resource: "account" },
    options: ["prefix", "continuation", "maxresults"],
    handle: listAsJson,
  },
  {
    endpoint: "blob",
    method: "GET",
    level: "account",
    query: { comp: "list" },
    options: ["prefix", "marker", "maxresults", "include=metadata"],
    handle: listAsXml,
  },
];

function create(lake: LakeRequest): AzureResponse {
  mayFileSystem(lake, "write");
  const { fileSystems, fileSystem: name } = lake;
  if (!isFileSystemName(name)) {
    throw invalidFileSystemName();
  }
  if (fileSystems.isBeingDeleted(name)) {
    throw fileSystemBeingDeleted();
  }
  if (fileSystems.get(name) !== undefined) {
    throw fileSystemExists();
  }
  const created = fileSystems.create(name, { metadata: metadataOf(lake) });
  return empty(201, { ...versionHeaders(created), ...namespaceHeader(lake) });
}

function properties(lake: LakeRequest): AzureResponse {
  mayFileSystem(lake, "read");
  const { fileSystem } = fileSystemOf(lake);
  checkLease(lake, fileSystem, "none");
  const metadata =
    lake.endpoint === "dfs"
      ? { "x-ms-properties": formatDfsMetadata(fileSystem.metadata) }
      : formatBlobMetadata(fileSystem.metadata);
  return empty(200, {
    ...versionHeaders(fileSystem),
    ...namespaceHeader(lake),
    ...metadata,
    ...leaseHeaders(fileSystem, lake.cloud.clock.now()),
    "x-ms-has-immutability-policy": "false",
    "x-ms-has-legal-hold": "false",
    "x-ms-default-encryption-scope": "$account-encryption-key",
    "x-ms-deny-encryption-scope-override": "false",
  });
}

function remove(lake: LakeRequest): AzureResponse {
  mayFileSystem(lake, "delete");
  const { fileSystem } = fileSystemOf(lake);
  checkConditions(lake, fileSystem);
  checkLease(lake, fileSystem, "lease");
  lake.fileSystems.delete(fileSystem);
  return empty(202);
}

function setMetadata(lake: LakeRequest): AzureResponse {
  mayFileSystem(lake, "write");
  const { fileSystem } = fileSystemOf(lake);
  checkConditions(lake, fileSystem);
  const changed = lake.fileSystems.change(fileSystem, { metadata: metadataOf(lake) });
  return empty(200, versionHeaders(changed));
}

function listAsJson(lake: LakeRequest): AzureResponse {
  const { shown, next } = listed(lake, "continuation");
  const filesystems = shown.map(({ name, etag, lastModified }) => ({
    name,
    etag: etag.replaceAll('"', ""),
    lastModified: httpDate(lastModified),
  }));
  return json(200, { filesystems }, { "x-ms-continuation": next });
}

function listAsXml(lake: LakeRequest): AzureResponse {
  const { shown, next } = listed(lake, "marker");
  const withMetadata = query(lake, "include")?.includes("metadata") === true;
  const containers = shown.map((fileSystem) => containerXml(fileSystem, withMetadata, lake.cloud.clock.now()));
  const parts = [
    element("Prefix", query(lake, "prefix") ?? ""),
    element("Containers", containers),
    element("NextMarker", next ?? ""),
  ];
  const body = `${xmlDeclaration}<EnumerationResults ServiceEndpoint="${escapeXml(`https://${lake.request.host}/`)}">${parts.join("")}</EnumerationResults>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

function containerXml(fileSystem: FileSystemRecord, withMetadata: boolean, now: Date): string {
  const { name, etag, lastModified, metadata } = fileSystem;
  const state = leaseState(fileSystem, now);
  const details = element("Properties", [
    element("Last-Modified", httpDate(lastModified)),
    element("Etag", etag),
    element("LeaseStatus", isLocked(state) ? "locked" : "unlocked"),
    element("LeaseState", state),
    element("HasImmutabilityPolicy", "false"),
    element("HasLegalHold", "false"),
  ]);
  const shownMetadata = withMetadata
    ? [
        element(
          "Metadata",
          Object.entries(metadata).map(([key, value]) => element(key, value)),
        ),
      ]
    : [];
  return element("Container", [element("Name", name), details, ...shownMetadata]);
}

/** One page of the account's file systems; the token names the last of the page before. */
function listed(lake: LakeRequest, token: "continuation" | "marker"): { shown: FileSystemRecord[]; next?: string } {
  mayFileSystem(lake, "read", "");
  const prefix = query(lake, "prefix") ?? "";
  const after = query(lake, token) ?? "";
  const size = Math.min(numberQuery(lake, "maxResults") ?? maximumPage, maximumPage);
  const rest = lake.fileSystems.all().filter(({ name }) => name.startsWith(prefix) && name > after);
  const shown = rest.slice(0, size);
  const last = shown[shown.length - 1];
  return rest.length > size && last !== undefined ? { shown, next: last.name } : { shown };
}

const metadataOf = (lake: LakeRequest): Record<string, string> =>
  (lake.endpoint === "dfs" ? dfsMetadata(lake) : blobMetadata(lake)) ?? {};

const namespaceHeader = ({ account }: LakeRequest): Record<string, string> => ({
  "x-ms-namespace-enabled": String(account.properties.isHnsEnabled ?? false),
});

/** The headers that say which version of something is meant. */
export const versionHeaders = (record: {
  readonly etag: string;
  readonly lastModified: string;
}): Record<string, string> => ({
  etag: record.etag,
  "last-modified": httpDate(record.lastModified),
});

/** "Wed, 01 May 2024 10:20:30 GMT" */
export const httpDate = (time: string): string => new Date(time).toUTCString();
