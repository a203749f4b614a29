import type { Cloud } from "../cloud";
import { aclOfMode, type Acl } from "../dataLake/acl";
import { FileTree } from "../dataLake/fileTree";
import { ancestorsOf, lengthOf, type PathRecord } from "../dataLake/pathRecord";

/** Gen1 takes these rights from others wherever a path is made without an inherited list. */
const umask = 0o007;
const rootMode = 0o770;
const expiryKey = "expiry";
const stickyKey = "sticky";

/** The one file system of a Data Lake Store account. Files past their expiry are gone. */
export class StoreTree {
  private readonly tree: FileTree;

  constructor(
    private readonly cloud: Cloud,
    account: string,
  ) {
    this.tree = new FileTree(cloud, `gen1:${account}`);
  }

  plant(owner: string, group: string): void {
    this.tree.plant();
    const root = this.tree.get("");
    if (root !== undefined) {
      this.tree.change(root, { owner, group, acl: aclOfMode(rootMode) });
    }
  }

  clear(): void {
    this.tree.clear();
  }

  at(path: string): PathRecord | undefined {
    const record = this.tree.get(path);
    if (record !== undefined && (expiryOf(record) ?? Infinity) <= this.cloud.clock.now().getTime()) {
      this.tree.remove(path);
      return undefined;
    }
    return record;
  }

  /** What lies directly in a directory, in order. */
  children(directory: string): PathRecord[] {
    return this.tree.below(directory, false).filter(({ path }) => this.at(path) !== undefined);
  }

  /** What lies in a directory at any depth. */
  below(directory: string): PathRecord[] {
    return this.tree.below(directory, true).filter(({ path }) => this.at(path) !== undefined);
  }

  /** The nearest directory above a path that is there. */
  nearestAbove(path: string): PathRecord | undefined {
    return ancestorsOf(path)
      .reverse()
      .map((ancestor) => this.at(ancestor))
      .find((record) => record !== undefined);
  }

  /** Makes a directory or an empty file, in place of a file that was there, and the directories above it. */
  make(path: string, isDirectory: boolean, owner: string, mode?: number): PathRecord {
    const above = this.nearestAbove(path);
    for (const missing of ancestorsOf(path).filter((ancestor) => this.at(ancestor) === undefined)) {
      this.tree.create(missing, true, { owner, group: above?.group, umask });
    }
    const acl: Acl | undefined = mode === undefined ? undefined : aclOfMode(mode);
    return this.tree.create(path, isDirectory, { owner, group: above?.group, acl, umask });
  }

  change(record: PathRecord, change: Partial<PathRecord>): PathRecord {
    return this.tree.change(record, change);
  }

  read(record: PathRecord): Buffer {
    return this.tree.read(record);
  }

  /** Adds bytes at the end; readers see them at once. */
  append(record: PathRecord, bytes: Buffer): PathRecord {
    if (bytes.length === 0) {
      return record;
    }
    const length = lengthOf(record);
    const appended = this.tree.append(record, length, bytes);
    return this.tree.flush(appended, length + bytes.length) ?? appended;
  }

  remove(path: string): void {
    this.tree.remove(path);
  }

  move(from: string, to: string): void {
    this.tree.move(from, this.tree, to);
  }

  /** @param moment milliseconds since 1970; undefined for never */
  expire(record: PathRecord, moment: number | undefined): void {
    this.note(record, expiryKey, moment?.toString());
  }

  setSticky(record: PathRecord, isSticky: boolean): PathRecord {
    return this.note(record, stickyKey, isSticky ? "true" : undefined);
  }

  private note(record: PathRecord, key: string, value: string | undefined): PathRecord {
    const others = Object.entries(record.metadata).filter(([name]) => name !== key);
    const metadata = Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
    return this.tree.change(record, { metadata });
  }
}

/** Milliseconds since 1970; undefined where a file never expires. */
export function expiryOf({ metadata }: PathRecord): number | undefined {
  const moment = metadata[expiryKey];
  return moment === undefined ? undefined : Number(moment);
}

/** In a sticky directory, only owners remove what is in it. */
export const isSticky = ({ metadata }: PathRecord): boolean => metadata[stickyKey] === "true";
