import { empty, type AzureResponse } from "../http/message";
import { aclOfMode, parseAcl, parseMode } from "./acl";
import { checkConditions, checkSourceConditions } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { defaultUmask } from "./fileTree";
import { fileSystemOf, headerOf, query, targetOf, type LakeRequest, type Target } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { checkLease } from "./leaseCheck";
import { contentHeaders, dfsMetadata } from "./metadata";
import { ancestorsOf, parentOf } from "./pathRecord";
import { existingPath } from "./readCalls";
import {
  destinationParentNotFound,
  directoryNotEmpty,
  fileSystemNotFound,
  invalidHeader,
  invalidRenameSource,
  invalidRenameTypes,
  notUnderstood,
  pathConflict,
  pathExists,
  sourcePathNotFound,
} from "./refusal";

const dfs = { endpoint: "dfs", level: "path" } as const;

/** Calls that make, move and remove paths. */
export const pathRoutes: readonly LakeRoute[] = [
  { ...dfs, method: "PUT", query: { resource: "directory" }, handle: (lake) => create(lake, true) },
  { ...dfs, method: "PUT", query: { resource: "file" }, handle: (lake) => create(lake, false) },
  {
    ...dfs,
    method: "PUT",
    query: { resource: null },
    options: ["mode=legacy", "mode=posix", "continuation"],
    handle: rename,
  },
  { ...dfs, method: "DELETE", options: ["recursive", "continuation", "paginated"], handle: remove },
  { endpoint: "blob", method: "DELETE", level: "path", query: { comp: null }, handle: remove },
];

function create(lake: LakeRequest, isDirectory: boolean): AzureResponse {
  mayPath(lake, needs.create);
  const { tree } = fileSystemOf(lake);
  const present = tree.get(lake.path);
  checkConditions(lake, present);
  const blocked = ancestorsOf(lake.path).some((ancestor) => tree.get(ancestor)?.isDirectory === false);
  if (blocked || (present !== undefined && present.isDirectory !== isDirectory)) {
    throw pathConflict();
  }
  const umask = parsedHeader(lake, "x-ms-umask", parseMode) ?? defaultUmask;
  const mode = parsedHeader(lake, "x-ms-permissions", parseMode);
  const created = tree.create(lake.path, isDirectory, {
    owner: headerOf(lake, "x-ms-owner") ?? lake.caller.objectId,
    group: headerOf(lake, "x-ms-group"),
    acl: parsedHeader(lake, "x-ms-acl", parseAcl) ?? (mode === undefined ? undefined : aclOfMode(mode & ~umask)),
    umask,
    metadata: dfsMetadata(lake) ?? {},
    contentHeaders: contentHeaders(lake),
  });
  return empty(201, { ...versionHeaders(created), "x-ms-request-server-encrypted": "true" });
}

/** What a rename could change of the path besides; here it stays as it is. */
const renameChanges = /^x-ms-(properties|permissions|umask|content-|cache-control)/;

function rename(lake: LakeRequest): AzureResponse {
  const change = Object.keys(lake.request.headers).find(
    (name) => renameChanges.test(name) && headerOf(lake, name) !== "",
  );
  if (change !== undefined) {
    throw notUnderstood(`the header ${change}`);
  }
  const source = renameSource(lake);
  mayPath(lake, needs.moveFrom, source.path, source.fileSystem);
  mayPath(lake, needs.moveTo);
  const { tree } = fileSystemOf(lake);
  if (lake.fileSystems.get(source.fileSystem) === undefined) {
    throw fileSystemNotFound();
  }
  const from = lake.fileSystems.treeOf(source.fileSystem);
  const moved = from.get(source.path);
  if (moved === undefined) {
    throw sourcePathNotFound();
  }
  if (source.fileSystem === lake.fileSystem && `${lake.path}/`.startsWith(`${source.path}/`)) {
    throw invalidRenameSource();
  }
  if (tree.get(parentOf(lake.path))?.isDirectory !== true) {
    throw destinationParentNotFound();
  }
  const present = tree.get(lake.path);
  checkConditions(lake, present);
  checkSourceConditions(lake, moved);
  checkLease(lake, moved, "lease", "x-ms-source-lease-id");
  if (present !== undefined && present.isDirectory !== moved.isDirectory) {
    throw invalidRenameTypes();
  }
  if (tree.below(lake.path, false).length > 0) {
    throw pathExists();
  }
  tree.remove(lake.path);
  from.move(source.path, tree, lake.path);
  return empty(201, { ...versionHeaders(moved), "x-ms-request-server-encrypted": "true" });
}

function remove(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.delete);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  if (lake.path === "") {
    throw pathConflict();
  }
  const isRecursive = query(lake, "recursive")?.toLowerCase() === "true";
  if (!isRecursive && record.isDirectory && tree.below(lake.path, false).length > 0) {
    throw directoryNotEmpty();
  }
  tree.remove(lake.path);
  return empty(lake.endpoint === "dfs" ? 200 : 202, { "x-ms-delete-type-permanent": "true" });
}

/** Reads `x-ms-rename-source: /{filesystem}/{path}`, percent-encoded. @throws Refusal */
function renameSource(lake: LakeRequest): Target {
  const text = headerOf(lake, "x-ms-rename-source") ?? "";
  const target = targetOf(text.split("?")[0] ?? "");
  if (target?.level !== "path" || target.path === "") {
    throw invalidHeader("x-ms-rename-source", text);
  }
  return target;
}

/** A header in a form of its own. @throws Refusal where it holds something else */
export function parsedHeader<T>(
  lake: LakeRequest,
  name: string,
  parse: (text: string) => T | undefined,
): T | undefined {
  const text = headerOf(lake, name);
  const parsed = text === undefined ? undefined : parse(text);
  if (text !== undefined && parsed === undefined) {
    throw invalidHeader(name, text);
  }
  return parsed;
}
