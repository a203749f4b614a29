import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Collection } from "../store/store";
import { aclOfMode, inheritedAcl, type Acl } from "./acl";
import { newEtag } from "./etag";
import { ancestorsOf, lengthOf, parentOf, superUser, type Chunk, type PathRecord } from "./pathRecord";

const directoryMode = 0o777;
const fileMode = 0o666;
/** What a new path may not allow, unless it is said. */
export const defaultUmask = 0o027;
const rootMode = 0o750;

export interface NewPath {
  readonly owner: string;
  readonly group?: string | undefined;
  readonly acl?: Acl | undefined;
  /** @default 0o027 */
  readonly umask?: number | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly contentHeaders?: Readonly<Record<string, string>>;
}

/** The files and directories of one file system. */
export class FileTree {
  private readonly records: Collection<PathRecord>;
  private readonly data: Collection<string>;

  constructor(
    private readonly cloud: Cloud,
    key: string,
  ) {
    this.records = cloud.store.collection<PathRecord>(`paths:${key}`);
    this.data = cloud.store.collection<string>(`chunks:${key}`);
  }

  /** Makes the root. */
  plant(): void {
    this.records.set("", this.newRecord("", true, { owner: superUser, acl: aclOfMode(rootMode) }));
  }

  clear(): void {
    for (const { path } of [...this.records.values()]) {
      this.drop(path);
    }
  }

  get(path: string): PathRecord | undefined {
    return this.records.get(path);
  }

  /** What lies below a directory, in order; with `recursive` at any depth. */
  below(directory: string, recursive: boolean): PathRecord[] {
    const prefix = directory === "" ? "" : `${directory}/`;
    return [...this.records.values()]
      .filter(({ path }) => path !== "" && path.startsWith(prefix))
      .filter(({ path }) => recursive || !path.slice(prefix.length).includes("/"))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Makes a file or directory, in place of a file that was there, and the directories above it. */
  create(path: string, isDirectory: boolean, input: NewPath): PathRecord {
    for (const ancestor of ancestorsOf(path).filter((candidate) => this.get(candidate) === undefined)) {
      this.records.set(ancestor, this.newRecord(ancestor, true, { owner: input.owner, group: input.group }));
    }
    const before = this.get(path);
    if (before !== undefined && !before.isDirectory) {
      this.drop(path);
    }
    const record = this.newRecord(path, isDirectory, input);
    this.records.set(path, record);
    return record;
  }

  /** Changes what is said of a path: a new ETag, and the time. */
  change(record: PathRecord, change: Partial<PathRecord>): PathRecord {
    const changed = { ...record, ...change, etag: newEtag(), lastModified: this.now() };
    this.records.set(record.path, changed);
    return changed;
  }

  /** Keeps bytes for a later flush. Readers do not see them, and the ETag stays. */
  append(record: PathRecord, position: number, bytes: Buffer): PathRecord {
    const pending = [
      ...record.pending.filter((chunk) => chunk.position !== position),
      { ...this.keep(bytes), position },
    ];
    const appended = { ...record, pending };
    this.records.set(record.path, appended);
    return appended;
  }

  /** Makes the appended bytes the file's own, up to `length`; undefined where they do not reach it without a gap. */
  flush(record: PathRecord, length: number): PathRecord | undefined {
    const chunks: Chunk[] = [...record.chunks];
    let reached = lengthOf(record);
    for (const { position, id, length: size } of [...record.pending].sort((a, b) => a.position - b.position)) {
      if (position === reached && reached < length) {
        chunks.push({ id, length: size });
        reached += size;
      }
    }
    if (reached !== length) {
      return undefined;
    }
    this.dropChunks(record.pending.filter(({ id }) => !chunks.some((chunk) => chunk.id === id)));
    return this.change(record, { chunks, pending: [] });
  }

  /** Replaces a file's data at once. */
  write(record: PathRecord, bytes: Buffer): PathRecord {
    this.dropChunks([...record.chunks, ...record.pending]);
    return this.change(record, { chunks: bytes.length === 0 ? [] : [this.keep(bytes)], pending: [] });
  }

  read({ chunks }: PathRecord): Buffer {
    return Buffer.concat(chunks.map(({ id }) => Buffer.from(this.data.get(id) ?? "", "base64")));
  }

  /** Removes a path and all below it. */
  remove(path: string): void {
    for (const record of this.below(path, true)) {
      this.drop(record.path);
    }
    this.drop(path);
  }

  /** Moves a path and all below it to another tree's path; its data moves along. */
  move(from: string, target: FileTree, to: string): void {
    for (const record of [...this.below(from, true), this.get(from)]) {
      if (record !== undefined) {
        this.moveOne(record, target, `${to}${record.path.slice(from.length)}`);
      }
    }
  }

  private moveOne(record: PathRecord, target: FileTree, path: string): void {
    const chunks = [...record.chunks, ...record.pending].map(({ id }) => ({ id, data: this.data.get(id) ?? "" }));
    this.drop(record.path);
    target.records.set(path, { ...record, path });
    for (const { id, data } of chunks) {
      target.data.set(id, data);
    }
  }

  private newRecord(path: string, isDirectory: boolean, input: NewPath): PathRecord {
    const parent = path === "" ? undefined : this.get(parentOf(path));
    const mode = (isDirectory ? directoryMode : fileMode) & ~(input.umask ?? defaultUmask);
    const now = this.now();
    return {
      path,
      isDirectory,
      etag: newEtag(),
      created: now,
      lastModified: now,
      owner: input.owner,
      group: input.group ?? parent?.group ?? superUser,
      acl: input.acl ?? inheritedAcl(parent?.acl ?? [], isDirectory) ?? aclOfMode(mode),
      metadata: input.metadata ?? {},
      contentHeaders: input.contentHeaders ?? {},
      chunks: [],
      pending: [],
    };
  }

  private keep(bytes: Buffer): Chunk {
    const id = randomUUID();
    this.data.set(id, bytes.toString("base64"));
    return { id, length: bytes.length };
  }

  private drop(path: string): void {
    const record = this.get(path);
    this.dropChunks([...(record?.chunks ?? []), ...(record?.pending ?? [])]);
    this.records.delete(path);
  }

  private dropChunks(chunks: readonly Chunk[]): void {
    for (const { id } of chunks) {
      this.data.delete(id);
    }
  }

  private now(): string {
    return this.cloud.clock.now().toISOString();
  }
}
