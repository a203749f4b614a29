import { empty, type AzureResponse } from "../http/message";
import { blobTarget, newBlobTarget } from "./blobTarget";
import { md5 } from "./checksums";
import { checkConditions } from "./conditions";
import { copyBlob } from "./copyCalls";
import { sourceBytes } from "./copySource";
import { versionHeaders } from "./fileSystemCalls";
import { headerOf, isFlat, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { blobMetadata, contentHeaders } from "./metadata";
import { invalidHeader, notUnderstood, pathConflict } from "./refusal";

/** Whether Put Blob From URL takes over what the source says of itself. @default true */
const sourceProperties = "x-ms-copy-source-blob-properties";

/** Calls that make a blob whole: Put Blob, Put Blob From URL, and by its header Copy Blob. */
export const putBlobRoutes: readonly LakeRoute[] = [
  { endpoint: "blob", method: "PUT", level: "path", query: { comp: null }, headers: [sourceProperties], handle: put },
];

async function put(lake: LakeRequest): Promise<AzureResponse> {
  const type = headerOf(lake, "x-ms-blob-type");
  const hasSource = headerOf(lake, "x-ms-copy-source") !== undefined;
  if (hasSource && type === undefined) {
    return copyBlob(lake);
  }
  if (type === "BlockBlob") {
    const source = hasSource ? await sourceBytes(lake) : undefined;
    const bytes = source?.bytes ?? lake.request.body;
    const takesOver = headerOf(lake, sourceProperties)?.toLowerCase() !== "false";
    const taken = takesOver ? source?.record.contentHeaders : undefined;
    return isDirectoryMarker(lake, bytes) ? putDirectory(lake) : putBlockBlob(lake, bytes, taken);
  }
  if (type === "AppendBlob" && !hasSource) {
    return putAppendBlob(lake);
  }
  throw type === "PageBlob" || (hasSource && type === "AppendBlob")
    ? notUnderstood(`the header x-ms-blob-type: ${type}`)
    : invalidHeader("x-ms-blob-type", type ?? "");
}

function putBlockBlob(lake: LakeRequest, bytes: Buffer, taken: Readonly<Record<string, string>> = {}): AzureResponse {
  const { tree } = newBlobTarget(lake);
  const checksum = md5(bytes);
  const created = tree.create(lake.path, false, {
    owner: lake.caller.objectId,
    metadata: blobMetadata(lake),
    contentHeaders: { ...taken, "content-md5": checksum, ...contentHeaders(lake) },
    chunks: tree.keepAll(bytes),
  });
  return empty(201, {
    ...versionHeaders(created),
    ...lake.checksums,
    "content-md5": checksum,
    "x-ms-request-server-encrypted": "true",
  });
}

function putAppendBlob(lake: LakeRequest): AzureResponse {
  if (lake.request.body.length > 0) {
    throw invalidHeader("Content-Length", String(lake.request.body.length));
  }
  const { tree } = newBlobTarget(lake);
  const created = tree.create(lake.path, false, {
    owner: lake.caller.objectId,
    metadata: blobMetadata(lake),
    contentHeaders: contentHeaders(lake),
    appendedBlocks: 0,
  });
  return empty(201, { ...versionHeaders(created), "x-ms-request-server-encrypted": "true" });
}

/** The blob host has no directories of its own: an empty blob with this metadata stands for one. */
const isDirectoryMark = (name: string): boolean => name.toLowerCase() === "hdi_isfolder";

const isDirectoryMarker = (lake: LakeRequest, bytes: Buffer): boolean =>
  bytes.length === 0 &&
  !isFlat(lake.account) &&
  Object.entries(blobMetadata(lake)).some(([name, value]) => isDirectoryMark(name) && value.toLowerCase() === "true");

function putDirectory(lake: LakeRequest): AzureResponse {
  const { tree, present } = blobTarget(lake);
  checkConditions(lake, present);
  if (present?.isDirectory === false) {
    throw pathConflict();
  }
  const given = Object.entries(blobMetadata(lake));
  const metadata = Object.fromEntries(given.filter(([name]) => !isDirectoryMark(name)));
  const created = tree.create(lake.path, true, { owner: lake.caller.objectId, metadata });
  return empty(201, { ...versionHeaders(created), "x-ms-request-server-encrypted": "true" });
}
