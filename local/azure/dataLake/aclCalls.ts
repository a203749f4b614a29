import { empty, json, type AzureResponse } from "../http/message";
import {
  aclOfMode,
  formatAcl,
  modifyAcl,
  parseAcl,
  parseAclKeys,
  parseMode,
  permissionsOf,
  removeAcl,
  withMask,
  withPermissions,
  type Acl,
} from "./acl";
import { checkConditions } from "./conditions";
import { mayControl, mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { headerOf, query, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { parsedHeader } from "./pathCalls";
import type { PathRecord } from "./pathRecord";
import { existingPath } from "./readCalls";
import { invalidHeader, invalidQuery, noHierarchicalNamespace } from "./refusal";

const dfs = { endpoint: "dfs", level: "path" } as const;

/** Calls on owners, permissions and access control lists. */
export const aclRoutes: readonly LakeRoute[] = [
  { ...dfs, method: "HEAD", query: { action: "getAccessControl" }, options: ["upn=false"], handle: getAccessControl },
  { ...dfs, method: "PATCH", query: { action: "setAccessControl" }, handle: setAccessControl },
  {
    ...dfs,
    method: "PATCH",
    query: { action: "setAccessControlRecursive" },
    options: ["mode", "maxrecords", "forceflag", "continuation"],
    handle: setRecursively,
  },
];

function getAccessControl(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.look);
  requireNamespace(lake);
  const { record } = existingPath(lake);
  return empty(200, {
    ...versionHeaders(record),
    "x-ms-owner": record.owner,
    "x-ms-group": record.group,
    "x-ms-permissions": permissionsOf(record.acl),
    "x-ms-acl": formatAcl(record.acl),
  });
}

function setAccessControl(lake: LakeRequest): AzureResponse {
  requireNamespace(lake);
  const present = lake.fileSystems.get(lake.fileSystem) && lake.fileSystems.treeOf(lake.fileSystem).get(lake.path);
  mayControl(lake, present, "permissions");
  const owner = headerOf(lake, "x-ms-owner");
  const group = headerOf(lake, "x-ms-group");
  if (owner !== undefined || group !== undefined) {
    mayControl(lake, present, "ownership");
  }
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  const permissions = parsedHeader(lake, "x-ms-permissions", parseMode);
  const given = parsedHeader(lake, "x-ms-acl", parseAcl);
  const acl = given === undefined ? undefined : withMask(given);
  if (permissions !== undefined && acl !== undefined) {
    throw invalidHeader("x-ms-permissions", "given together with x-ms-acl; give one of them");
  }
  const changed = tree.change(record, {
    owner: owner ?? record.owner,
    group: group ?? record.group,
    acl: acl ?? (permissions === undefined ? record.acl : withPermissions(record.acl, aclOfMode(permissions))),
  });
  return empty(200, { ...versionHeaders(changed), "x-ms-namespace-enabled": "true" });
}

function setRecursively(lake: LakeRequest): AzureResponse {
  requireNamespace(lake);
  const mode = query(lake, "mode")?.toLowerCase();
  if (mode !== "set" && mode !== "modify" && mode !== "remove") {
    throw invalidQuery("mode", mode);
  }
  const present = lake.fileSystems.get(lake.fileSystem) && lake.fileSystems.treeOf(lake.fileSystem).get(lake.path);
  mayControl(lake, present, "permissions");
  const { record, tree } = existingPath(lake);
  const acl = parsedHeader(lake, "x-ms-acl", mode === "remove" ? parseAclKeys : parseAcl);
  if (acl === undefined) {
    throw invalidHeader("x-ms-acl", "");
  }
  const touched = [record, ...tree.below(lake.path, true)];
  for (const path of touched) {
    tree.change(path, { acl: newAcl(mode, path, acl) });
  }
  const directories = touched.filter(({ isDirectory }) => isDirectory).length;
  return json(200, {
    directoriesSuccessful: directories,
    filesSuccessful: touched.length - directories,
    failureCount: 0,
    failedEntries: [],
  });
}

/** Default entries mean nothing to a file, and are left out there. */
function newAcl(mode: "set" | "modify" | "remove", { acl, isDirectory }: PathRecord, given: Acl): Acl {
  const meant = isDirectory ? given : given.filter(({ isDefault }) => !isDefault);
  return mode === "set" ? withMask(meant) : mode === "modify" ? modifyAcl(acl, meant) : removeAcl(acl, meant);
}

function requireNamespace({ account }: LakeRequest): void {
  if (account.properties.isHnsEnabled !== true) {
    throw noHierarchicalNamespace();
  }
}
