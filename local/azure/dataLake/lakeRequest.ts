import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { header, queryParameter, type AzureRequest } from "../http/message";
import type { AccountRecord } from "./accountRecord";
import type { Checksums } from "./checksums";
import type { FileSystemRecord, FileSystems } from "./fileSystems";
import type { FileTree } from "./fileTree";
import type { SharedAccess } from "./sharedAccess";
import { fileSystemNotFound, invalidQuery, type Endpoint } from "./refusal";

/** A data request, with what is known of it before it is answered. */
export interface LakeRequest {
  readonly cloud: Cloud;
  readonly request: AzureRequest;
  readonly endpoint: Endpoint;
  readonly caller: Caller;
  /** Where the caller comes with a signature in place of a token. */
  readonly sharedAccess: SharedAccess | undefined;
  readonly account: AccountRecord;
  readonly fileSystems: FileSystems;
  /** First segment of the path; empty for the account itself. */
  readonly fileSystem: string;
  /** The rest of the path, without slashes at its ends; empty for the root directory. */
  readonly path: string;
  /** Checksums of the body, as headers of the reply. */
  readonly checksums: Checksums;
}

/** What a request's path names: the account, a file system, or a path in one ("/" for the root is a path too). */
export interface Target {
  readonly level: "account" | "fileSystem" | "path";
  readonly fileSystem: string;
  readonly path: string;
}

/**
 * Takes a path apart; undefined where its percent-encoding is broken.
 * @param isFlat whether a slash at the end is part of the name, as for blobs without a hierarchical namespace. @default false
 */
export function targetOf(rawPath: string, isFlat = false): Target | undefined {
  try {
    const whole = decodeURIComponent(rawPath).replace(/^\/+/, "");
    const slash = whole.indexOf("/");
    const fileSystem = slash === -1 ? whole : whole.slice(0, slash);
    const rest = slash === -1 ? "" : whole.slice(slash + 1);
    const path = isFlat ? rest.replace(/^\/+/, "") : trimSlashes(rest);
    const level = fileSystem === "" ? "account" : slash === -1 ? "fileSystem" : "path";
    return { level, fileSystem, path };
  } catch {
    return undefined;
  }
}

/** Whether the names of an account's blobs are names alone, with no directories behind their slashes. */
export const isFlat = ({ properties }: AccountRecord): boolean => properties.isHnsEnabled !== true;

export const trimSlashes = (path: string): string => path.replace(/^\/+|\/+$/g, "");

/** The file system of a request, which must be there. @throws Refusal */
export function fileSystemOf(lake: LakeRequest): { fileSystem: FileSystemRecord; tree: FileTree } {
  const fileSystem = lake.fileSystems.get(lake.fileSystem);
  if (fileSystem === undefined) {
    throw fileSystemNotFound();
  }
  return { fileSystem, tree: lake.fileSystems.treeOf(lake.fileSystem) };
}

export const query = (lake: LakeRequest, name: string): string | undefined => queryParameter(lake.request, name);

export const headerOf = (lake: LakeRequest, name: string): string | undefined => header(lake.request, name);

/** A query parameter that is a whole number. @throws Refusal where it is something else */
export function numberQuery(lake: LakeRequest, name: string): number | undefined {
  const text = query(lake, name);
  if (text !== undefined && !/^\d{1,15}$/.test(text)) {
    throw invalidQuery(name, text);
  }
  return text === undefined ? undefined : Number(text);
}
