import { empty, type AzureResponse } from "../http/message";
import { checkConditions } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { fileSystemOf, headerOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { blobMetadata, contentHeaders } from "./metadata";
import { existingPath } from "./readCalls";
import { invalidHeader, pathConflict } from "./refusal";

const blob = { endpoint: "blob", method: "PUT", level: "path" } as const;

/** Calls that only the blob host has. */
export const blobRoutes: readonly LakeRoute[] = [
  { ...blob, query: { comp: null }, handle: putBlob },
  { ...blob, query: { comp: "metadata" }, handle: setMetadata },
  { ...blob, query: { comp: "properties" }, handle: setProperties },
];

function putBlob(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.create);
  const type = headerOf(lake, "x-ms-blob-type") ?? "";
  if (type !== "BlockBlob") {
    throw invalidHeader("x-ms-blob-type", `${type} (local Azure has block blobs only)`);
  }
  const { tree } = fileSystemOf(lake);
  const present = tree.get(lake.path);
  checkConditions(lake, present);
  if (present?.isDirectory === true) {
    throw pathConflict();
  }
  const headers = contentHeaders(lake);
  const created = tree.create(lake.path, false, {
    owner: lake.caller.objectId,
    metadata: blobMetadata(lake),
    contentHeaders: headers,
  });
  const written = tree.write(created, lake.request.body);
  return empty(201, { ...versionHeaders(written), "x-ms-request-server-encrypted": "true" });
}

function setMetadata(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  const changed = tree.change(record, { metadata: blobMetadata(lake) });
  return empty(200, { ...versionHeaders(changed), "x-ms-request-server-encrypted": "true" });
}

/** Sets every content header at once: those left out are cleared. */
function setProperties(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  return empty(200, versionHeaders(tree.change(record, { contentHeaders: contentHeaders(lake) })));
}
