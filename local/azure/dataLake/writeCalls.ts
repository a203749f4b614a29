import { empty, type AzureResponse } from "../http/message";
import { checkConditions } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import type { FileTree } from "./fileTree";
import { numberQuery, query, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { checkLease } from "./leaseCheck";
import { contentHeaders, dfsMetadata } from "./metadata";
import type { PathRecord } from "./pathRecord";
import { existingPath } from "./readCalls";
import { invalidFlushPosition, invalidQuery, pathConflict } from "./refusal";

const dfs = { endpoint: "dfs", method: "PATCH", level: "path" } as const;

/** Calls that write into a file. Appended data is seen once it is flushed. */
export const writeRoutes: readonly LakeRoute[] = [
  {
    ...dfs,
    query: { action: "append" },
    options: ["position", "flush", "close", "retainuncommitteddata=false"],
    handle: append,
  },
  { ...dfs, query: { action: "flush" }, options: ["position", "close", "retainuncommitteddata=false"], handle: flush },
  { ...dfs, query: { action: "setProperties" }, handle: setProperties },
];

function append(lake: LakeRequest): AzureResponse {
  const { record, tree, position } = writable(lake);
  const { body } = lake.request;
  const appended = tree.append(record, position, body);
  if (query(lake, "flush")?.toLowerCase() === "true") {
    flushed(tree, appended, position + body.length);
  }
  return empty(202, { ...lake.checksums, "x-ms-request-server-encrypted": "true" });
}

function flush(lake: LakeRequest): AzureResponse {
  const { record, tree, position } = writable(lake);
  checkConditions(lake, record);
  const done = flushed(tree, record, position);
  const headers = contentHeaders(lake);
  const described =
    Object.keys(headers).length === 0
      ? done
      : tree.change(done, { contentHeaders: { ...done.contentHeaders, ...headers } });
  return empty(200, { ...versionHeaders(described), "x-ms-request-server-encrypted": "true" });
}

function setProperties(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  const metadata = dfsMetadata(lake) ?? record.metadata;
  const changed = tree.change(record, {
    metadata,
    contentHeaders: { ...record.contentHeaders, ...contentHeaders(lake) },
  });
  return empty(200, versionHeaders(changed));
}

function writable(lake: LakeRequest): { record: PathRecord; tree: FileTree; position: number } {
  mayPath(lake, needs.write);
  const { record, tree } = existingPath(lake);
  if (record.isDirectory) {
    throw pathConflict();
  }
  checkLease(lake, record, "lease");
  const position = numberQuery(lake, "position");
  if (position === undefined) {
    throw invalidQuery("position", undefined);
  }
  return { record, tree, position };
}

function flushed(tree: FileTree, record: PathRecord, length: number): PathRecord {
  const done = tree.flush(record, length);
  if (done === undefined) {
    throw invalidFlushPosition();
  }
  return done;
}
