import { empty, type AzureResponse } from "../http/message";
import { blobTarget, newBlobTarget } from "./blobTarget";
import {
  blockCountExceedsLimit,
  blockListTooLong,
  invalidBlobOrBlock,
  invalidBlobType,
  invalidBlockId,
  invalidBlockList,
  missingQuery,
} from "./blockRefusal";
import { md5 } from "./checksums";
import { sourceBytes } from "./copySource";
import { mayPath, needs } from "./dataAccess";
import { versionHeaders } from "./fileSystemCalls";
import type { FileTree } from "./fileTree";
import { fileSystemOf, headerOf, query, type LakeRequest } from "./lakeRequest";
import type { LakeRoute } from "./lakeRouter";
import { checkLease } from "./leaseCheck";
import { blobMetadata, contentHeaders } from "./metadata";
import { lengthOf, type Chunk, type PathRecord } from "./pathRecord";
import { readBlockList, type ListedBlock } from "./blockList";
import { invalidHeader, invalidQuery, pathConflict, pathNotFound } from "./refusal";
import { element, xmlDeclaration } from "./xml";

const blob = { endpoint: "blob", level: "path" } as const;
const maximumUncommitted = 100_000;
const maximumCommitted = 50_000;
const longestBlockId = 64;

/** A blob in blocks: they are put one by one, and a list makes them the blob. */
export const blockRoutes: readonly LakeRoute[] = [
  { ...blob, method: "PUT", query: { comp: "block" }, options: ["blockid"], handle: putBlock },
  { ...blob, method: "PUT", query: { comp: "blocklist" }, handle: putBlockList },
  { ...blob, method: "GET", query: { comp: "blocklist" }, options: ["blocklisttype"], handle: getBlockList },
];

async function putBlock(lake: LakeRequest): Promise<AzureResponse> {
  const block = blockIdOf(lake);
  const isFromUrl = headerOf(lake, "x-ms-copy-source") !== undefined;
  const bytes = isFromUrl ? (await sourceBytes(lake)).bytes : lake.request.body;
  const { tree, present } = blobTarget(lake);
  checkBlockBlob(present);
  checkLease(lake, present ?? {}, "lease");
  if (bytes.length === 0) {
    throw invalidHeader("Content-Length", "0");
  }
  const others = tree.blocksOf(lake.path).filter((other) => other.block !== block);
  if (others.some((other) => other.block.length !== block.length)) {
    throw invalidBlobOrBlock();
  }
  if (others.length >= maximumUncommitted) {
    throw blockCountExceedsLimit("The uncommitted block count cannot exceed the maximum limit of 100,000 blocks.");
  }
  tree.putBlock(lake.path, block, bytes);
  const checksums = isFromUrl ? { "content-md5": md5(bytes) } : lake.checksums;
  return empty(201, { ...checksums, "x-ms-request-server-encrypted": "true" });
}

function putBlockList(lake: LakeRequest): AzureResponse {
  const { tree, present } = newBlobTarget(lake);
  checkBlockBlob(present);
  const list = readBlockList(lake.request.body.toString("utf8"));
  if (list.length > maximumCommitted) {
    throw blockListTooLong();
  }
  const created = tree.create(lake.path, false, {
    owner: lake.caller.objectId,
    metadata: blobMetadata(lake),
    contentHeaders: contentHeaders(lake),
    chunks: chunksOf(list, tree, lake.path, present),
  });
  return empty(201, { ...versionHeaders(created), ...lake.checksums, "x-ms-request-server-encrypted": "true" });
}

function getBlockList(lake: LakeRequest): AzureResponse {
  mayPath(lake, needs.read);
  const kind = query(lake, "blocklisttype")?.toLowerCase() ?? "committed";
  if (!["committed", "uncommitted", "all"].includes(kind)) {
    throw invalidQuery("blocklisttype", kind);
  }
  const { tree } = fileSystemOf(lake);
  const record = tree.get(lake.path);
  const uncommitted = tree.blocksOf(lake.path);
  if (record === undefined && uncommitted.length === 0) {
    throw pathNotFound();
  }
  checkBlockBlob(record);
  const committed = record?.chunks.filter(({ block }) => block !== undefined) ?? [];
  const body = element("BlockList", [
    ...(kind === "uncommitted" ? [] : [blocksXml("CommittedBlocks", committed)]),
    ...(kind === "committed" ? [] : [blocksXml("UncommittedBlocks", uncommitted)]),
  ]);
  const version = record === undefined ? {} : versionHeaders(record);
  const length = String(record === undefined ? 0 : lengthOf(record));
  const headers = { ...version, "content-type": "application/xml", "x-ms-blob-content-length": length };
  return { status: 200, headers, body: `${xmlDeclaration}${body}` };
}

const blocksXml = (name: string, blocks: readonly Chunk[]): string =>
  element(
    name,
    blocks.map(({ block = "", length }) => element("Block", [element("Name", block), element("Size", String(length))])),
  );

/** The block ID of a request: base64 of 1 to 64 bytes. @throws Refusal */
function blockIdOf(lake: LakeRequest): string {
  // A plus that stands unencoded in the query was read as a space.
  const id = query(lake, "blockid")?.replaceAll(" ", "+");
  if (id === undefined || id === "") {
    throw missingQuery();
  }
  const bytes = Buffer.from(id, "base64");
  if (bytes.toString("base64") !== id) {
    throw invalidBlockId();
  }
  if (bytes.length > longestBlockId) {
    throw invalidQuery("blockid", id);
  }
  return id;
}

function checkBlockBlob(present: PathRecord | undefined): void {
  if (present?.isDirectory === true) {
    throw pathConflict();
  }
  if (present?.appendedBlocks !== undefined) {
    throw invalidBlobType();
  }
}

/** The data of the listed blocks, each looked for where its entry says. @throws Refusal where one is not there */
function chunksOf(
  list: readonly ListedBlock[],
  tree: FileTree,
  path: string,
  present: PathRecord | undefined,
): Chunk[] {
  const named = (chunks: readonly Chunk[]): Map<string, Chunk> =>
    new Map(chunks.flatMap((chunk) => (chunk.block === undefined ? [] : [[chunk.block, chunk]])));
  const [uncommitted, committed] = [named(tree.blocksOf(path)), named(present?.chunks ?? [])];
  return list.map(({ from, block }) => {
    const found =
      (from === "Committed" ? undefined : uncommitted.get(block)) ??
      (from === "Uncommitted" ? undefined : committed.get(block));
    if (found === undefined) {
      throw invalidBlockList();
    }
    return found;
  });
}
