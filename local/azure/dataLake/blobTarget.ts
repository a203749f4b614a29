import { checkConditions } from "./conditions";
import { mayPath, needs } from "./dataAccess";
import type { FileTree } from "./fileTree";
import { fileSystemOf, isFlat, type LakeRequest } from "./lakeRequest";
import { ancestorsOf, type PathRecord } from "./pathRecord";
import { pathConflict } from "./refusal";

/** Where a blob is to be written: the right to it, then the file system, then what is in its way. @throws Refusal */
export function blobTarget(lake: LakeRequest): { tree: FileTree; present: PathRecord | undefined } {
  const isThere = lake.fileSystems.get(lake.fileSystem) !== undefined;
  const before = isThere ? lake.fileSystems.treeOf(lake.fileSystem).get(lake.path) : undefined;
  mayPath(lake, before === undefined ? needs.create : needs.write);
  const { tree } = fileSystemOf(lake);
  const isBlocked =
    !isFlat(lake.account) && ancestorsOf(lake.path).some((ancestor) => tree.get(ancestor)?.isDirectory === false);
  if (lake.path === "" || isBlocked) {
    throw pathConflict();
  }
  return { tree, present: before };
}

/** The same for a file as a whole, whose conditions hold. @throws Refusal */
export function newBlobTarget(lake: LakeRequest): { tree: FileTree; present: PathRecord | undefined } {
  const target = blobTarget(lake);
  checkConditions(lake, target.present);
  if (target.present?.isDirectory === true) {
    throw pathConflict();
  }
  return target;
}
