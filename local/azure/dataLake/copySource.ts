import { TokenRefused, type Caller } from "../entra/caller";
import { checkSourceConditions } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import { cannotVerifySource } from "./blockRefusal";
import type { FileTree } from "./fileTree";
import { headerOf, isFlat, targetOf, type LakeRequest, type Target } from "./lakeRequest";
import { lengthOf, type PathRecord } from "./pathRecord";
import {
  invalidHeader,
  md5Mismatch,
  notUnderstood,
  pathConflict,
  pathNotFound,
  Refusal,
  storageAudience,
} from "./refusal";
import { md5 } from "./checksums";

export interface CopySource {
  readonly url: string;
  readonly record: PathRecord;
  readonly tree: FileTree;
}

/**
 * The source of a copy, which the caller may read. A copy in the background reads as its caller; every other kind
 * needs an authorization for the source, as in Azure. @throws Refusal
 */
export async function copySource(lake: LakeRequest, reads: "asCaller" | "byOwnAuthorization"): Promise<CopySource> {
  const { url, target } = sourceTarget(lake);
  const caller = await sourceCaller(lake, reads);
  const tree = lake.fileSystems.treeOf(target.fileSystem);
  mayRead(lake, caller, target);
  const record = tree.get(target.path);
  if (record === undefined) {
    throw reads === "asCaller" ? pathNotFound() : cannotVerifySource(404, "The specified blob does not exist.");
  }
  if (record.isDirectory) {
    throw pathConflict();
  }
  checkSourceConditions(lake, record);
  return { url, record, tree };
}

/** The bytes of the source that `x-ms-source-range` names, or all of them, and its file. @throws Refusal */
export async function sourceBytes(lake: LakeRequest): Promise<{ bytes: Buffer; record: PathRecord }> {
  const { record, tree } = await copySource(lake, "byOwnAuthorization");
  const range = headerOf(lake, "x-ms-source-range");
  const [, first = "0", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "bytes=0-") ?? [];
  if (Number(first) > lengthOf(record) || (range !== undefined && !/^bytes=\d+-\d*$/.test(range))) {
    throw invalidHeader("x-ms-source-range", range ?? "");
  }
  const bytes = tree.read(record, Number(first), last === "" ? Infinity : Number(last) + 1);
  const wanted = headerOf(lake, "x-ms-source-content-md5");
  if (wanted !== undefined && wanted !== md5(bytes)) {
    throw md5Mismatch();
  }
  return { bytes, record };
}

function sourceTarget(lake: LakeRequest): { url: string; target: Target } {
  const text = headerOf(lake, "x-ms-copy-source") ?? "";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const target = url === undefined ? undefined : targetOf(url.pathname, isFlat(lake.account));
  if (url === undefined || target === undefined) {
    throw invalidHeader("x-ms-copy-source", text);
  }
  const ownHosts = ["blob", "dfs"].map((service) => `${lake.account.name}.${service}.core.windows.net`);
  if (!ownHosts.includes(url.hostname)) {
    throw notUnderstood(`a copy from ${url.hostname}, which is not this account,`);
  }
  if (url.search !== "") {
    throw notUnderstood(`a copy source with the query parameters ${[...url.searchParams.keys()].join(", ")}`);
  }
  if (target.level !== "path" || target.path === "") {
    throw invalidHeader("x-ms-copy-source", text);
  }
  return { url: text, target };
}

async function sourceCaller(lake: LakeRequest, reads: "asCaller" | "byOwnAuthorization"): Promise<Caller> {
  const authorization = headerOf(lake, "x-ms-copy-source-authorization");
  if (authorization === undefined && reads === "asCaller") {
    return lake.caller;
  }
  try {
    const request = { ...lake.request, headers: authorization === undefined ? {} : { authorization } };
    return await lake.cloud.tokens.authenticate(request, [storageAudience]);
  } catch (error) {
    if (error instanceof TokenRefused) {
      throw cannotVerifySource(
        401,
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
      );
    }
    throw error;
  }
}

function mayRead(lake: LakeRequest, caller: Caller, { path, fileSystem }: Target): void {
  try {
    const sharedAccess = caller === lake.caller ? lake.sharedAccess : undefined;
    mayPath({ ...lake, caller, sharedAccess }, needs.read, path, fileSystem);
  } catch (error) {
    throw error instanceof Refusal ? cannotVerifySource(error.status, error.message) : error;
  }
}
