import { randomUUID } from "node:crypto";
import { empty, type AzureResponse } from "../http/message";
import { newBlobTarget } from "./blobTarget";
import { noPendingCopy } from "./blockRefusal";
import { copySource } from "./copySource";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { headerOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { blobMetadata } from "./metadata";
import { lengthOf } from "./pathRecord";
import { existingPath } from "./readCalls";
import { invalidHeader } from "./refusal";

/** Calls on copies, beside Copy Blob itself, which is a PUT of a blob with a header. */
export const copyRoutes: readonly LakeRoute[] = [
  {
    endpoint: "blob",
    method: "PUT",
    level: "path",
    query: { comp: "copy" },
    options: ["copyid"],
    handle: abortCopy,
  },
];

/** Copy Blob, and Copy Blob From URL, which waits for the copy. Within an account both are done at once. */
export async function copyBlob(lake: LakeRequest): Promise<AzureResponse> {
  const waits = headerOf(lake, "x-ms-requires-sync")?.toLowerCase() === "true";
  const source = await copySource(lake, waits ? "byOwnAuthorization" : "asCaller");
  const { tree } = newBlobTarget(lake);
  const given = blobMetadata(lake);
  const { record } = source;
  const id = randomUUID();
  const completed = lake.cloud.clock.now().toISOString();
  const created = tree.create(lake.path, false, {
    owner: lake.caller.objectId,
    metadata: Object.keys(given).length === 0 ? record.metadata : given,
    contentHeaders: record.contentHeaders,
    chunks: tree.copyOf(source.tree, record),
    appendedBlocks: record.appendedBlocks,
    copy: { id, source: source.url, completed, length: lengthOf(record) },
  });
  return empty(202, {
    ...versionHeaders(created),
    ...(waits ? { "content-md5": record.contentHeaders["content-md5"] } : {}),
    "x-ms-copy-id": id,
    "x-ms-copy-status": "success",
  });
}

/** No copy is ever pending. @throws Refusal */
function abortCopy(lake: LakeRequest): never {
  mayPath(lake, needs.write);
  existingPath(lake);
  const action = headerOf(lake, "x-ms-copy-action") ?? "";
  throw action === "abort" ? noPendingCopy() : invalidHeader("x-ms-copy-action", action);
}
