import { empty, type AzureResponse } from "../http/message";
import { appendPositionNotMet, blockCountExceedsLimit, invalidBlobType, maxBlobSizeNotMet } from "./blockRefusal";
import { md5 } from "./checksums";
import { checkConditions } from "./conditions";
import { sourceBytes } from "./copySource";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import { headerOf, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { lengthOf } from "./pathRecord";
import { existingPath } from "./readCalls";
import { invalidHeader } from "./refusal";

const maximumBlocks = 50_000;

/** Append blobs, which grow by whole blocks. */
export const appendRoutes: readonly LakeRoute[] = [
  { endpoint: "blob", method: "PUT", level: "path", query: { comp: "appendblock" }, handle: appendBlock },
];

async function appendBlock(lake: LakeRequest): Promise<AzureResponse> {
  const isFromUrl = headerOf(lake, "x-ms-copy-source") !== undefined;
  const bytes = isFromUrl ? (await sourceBytes(lake)).bytes : lake.request.body;
  mayPath(lake, needs.append);
  const { record, tree } = existingPath(lake);
  checkConditions(lake, record);
  if (record.appendedBlocks === undefined) {
    throw invalidBlobType();
  }
  if (bytes.length === 0) {
    throw invalidHeader("Content-Length", "0");
  }
  const offset = lengthOf(record);
  const position = numberHeader(lake, "x-ms-blob-condition-appendpos");
  if (position !== undefined && position !== offset) {
    throw appendPositionNotMet();
  }
  const maximum = numberHeader(lake, "x-ms-blob-condition-maxsize");
  if (maximum !== undefined && offset + bytes.length > maximum) {
    throw maxBlobSizeNotMet();
  }
  if (record.appendedBlocks >= maximumBlocks) {
    throw blockCountExceedsLimit("The committed block count cannot exceed the maximum limit of 50,000 blocks.");
  }
  const appended = tree.appendBlock(record, bytes);
  return empty(201, {
    ...versionHeaders(appended),
    ...(isFromUrl ? { "content-md5": md5(bytes) } : lake.checksums),
    "x-ms-blob-append-offset": String(offset),
    "x-ms-blob-committed-block-count": String(appended.appendedBlocks),
    "x-ms-request-server-encrypted": "true",
  });
}

function numberHeader(lake: LakeRequest, name: string): number | undefined {
  const text = headerOf(lake, name);
  if (text !== undefined && !/^\d{1,15}$/.test(text)) {
    throw invalidHeader(name, text);
  }
  return text === undefined ? undefined : Number(text);
}
