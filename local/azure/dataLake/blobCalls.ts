import { empty, type AzureResponse } from "../http/message";
import { checkConditions, isUnchanged } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import type { LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { blobMetadata, contentHeaders, formatBlobMetadata } from "./metadata";
import { existingPath } from "./readCalls";

const blob = { endpoint: "blob", level: "path" } as const;

/** Calls on what is said of a blob. */
export const blobRoutes: readonly LakeRoute[] = [
  { ...blob, method: "GET", query: { comp: "metadata" }, handle: getMetadata },
  { ...blob, method: "HEAD", query: { comp: "metadata" }, handle: getMetadata },
  { ...blob, method: "PUT", query: { comp: "metadata" }, handle: setMetadata },
  { ...blob, method: "PUT", query: { comp: "properties" }, handle: setProperties },
];

function getMetadata(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.look);
  const { record } = existingPath(lake);
  return isUnchanged(lake, record)
    ? empty(304, versionHeaders(record))
    : empty(200, { ...versionHeaders(record), ...formatBlobMetadata(record.metadata) });
}

function setMetadata(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  const changed = tree.change(record, { metadata: blobMetadata(lake), copy: undefined });
  return empty(200, { ...versionHeaders(changed), "x-ms-request-server-encrypted": "true" });
}

/** Sets every content header at once: those left out are cleared. */
function setProperties(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  return empty(200, versionHeaders(tree.change(record, { contentHeaders: contentHeaders(lake), copy: undefined })));
}
