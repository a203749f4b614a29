import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Collection } from "../store/store";
import { aclOfMode, inheritedAcl, type Acl } from "./acl";
import { newEtag } from "./etag";
import type { Lease } from "./lease";
import { ancestorsOf, lengthOf, parentOf, superUser, type Chunk, type CopyRecord, type PathRecord } from "./pathRecord";

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
  /** Data that lies in the tree already. @default none */
  readonly chunks?: readonly Chunk[];
  readonly appendedBlocks?: number | undefined;
  readonly copy?: CopyRecord | undefined;
}

/** What one piece of data has at most, so that a range is read without the whole. */
const pieceBytes = 4 * 1024 * 1024;

/** A block of the blob host that no list has taken in yet. */
export type Block = Chunk & { readonly block: string };

interface UncommittedBlocks {
  readonly path: string;
  readonly blocks: readonly Block[];
}

/** The files and directories of one file system. */
export class FileTree {
  private readonly records: Collection<PathRecord>;
  private readonly data: Collection<string>;
  private readonly uncommitted: Collection<UncommittedBlocks>;

  constructor(
    private readonly cloud: Cloud,
    key: string,
  ) {
    this.records = cloud.store.collection<PathRecord>(`paths:${key}`);
    this.data = cloud.store.collection<string>(`chunks:${key}`);
    this.uncommitted = cloud.store.collection<UncommittedBlocks>(`blocks:${key}`);
  }

  /** Makes the root. */
  plant(): void {
    this.records.set("", this.newRecord("", true, { owner: superUser, acl: aclOfMode(rootMode) }));
  }

  clear(): void {
    for (const { path } of [...this.records.values()]) {
      this.drop(path);
    }
    for (const path of this.uncommittedPaths()) {
      this.setBlocks(path, []);
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
      this.dropChunks([...before.chunks, ...before.pending], input.chunks);
    }
    this.setBlocks(path, [], input.chunks);
    const { lease } = before ?? {};
    const record = { ...this.newRecord(path, isDirectory, input), ...(lease === undefined ? {} : { lease }) };
    this.records.set(path, record);
    return record;
  }

  /** A lease changes neither ETag nor time. */
  setLease(record: PathRecord, lease: Lease | undefined): void {
    this.records.set(record.path, { ...record, lease });
  }

  /** Blocks of a path that no list has taken in yet, in the order of their IDs. */
  blocksOf(path: string): readonly Block[] {
    return this.uncommitted.get(path)?.blocks ?? [];
  }

  /** Keeps a block; one of the same ID that was not committed is replaced. */
  putBlock(path: string, block: string, bytes: Buffer): void {
    const others = this.blocksOf(path).filter((other) => other.block !== block);
    const all = [...others, { ...this.keep(bytes), block }];
    this.setBlocks(
      path,
      [...all].sort((a, b) => (a.block < b.block ? -1 : 1)),
    );
  }

  /** Names of paths with uncommitted blocks, in order, whether or not there is a file. */
  uncommittedPaths(): string[] {
    return Array.from(this.uncommitted.values(), ({ path }) => path).sort();
  }

  /** Adds a block to the end of an append blob. */
  appendBlock(record: PathRecord, bytes: Buffer): PathRecord {
    const chunks = [...record.chunks, this.keep(bytes)];
    return this.change(record, { chunks, appendedBlocks: (record.appendedBlocks ?? 0) + 1 });
  }

  /** A second copy of another tree's data, with its block IDs. */
  copyOf(from: FileTree, { chunks }: PathRecord): Chunk[] {
    return chunks.map((chunk) => {
      const id = randomUUID();
      this.data.set(id, from.data.get(chunk.id) ?? "");
      return { ...chunk, id };
    });
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
    return this.change(record, { chunks: this.keepAll(bytes), pending: [] });
  }

  /** Keeps bytes that a new file is to have. */
  keepAll(bytes: Buffer): Chunk[] {
    const starts = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) => index * pieceBytes);
    return starts.map((start) => this.keep(bytes.subarray(start, start + pieceBytes)));
  }

  /** The bytes from `first` up to but without `end`. */
  read({ chunks }: PathRecord, first = 0, end = Infinity): Buffer {
    const parts: Buffer[] = [];
    let position = 0;
    for (const { id, length } of chunks) {
      if (position < end && position + length > first) {
        const bytes = Buffer.from(this.data.get(id) ?? "", "base64");
        parts.push(bytes.subarray(Math.max(0, first - position), end - position));
      }
      position += length;
    }
    return Buffer.concat(parts);
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
    target.records.set(path, { ...record, path, lease: undefined });
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
      chunks: input.chunks ?? [],
      pending: [],
      ...(input.appendedBlocks === undefined ? {} : { appendedBlocks: input.appendedBlocks }),
      ...(input.copy === undefined ? {} : { copy: input.copy }),
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
    this.setBlocks(path, []);
    this.records.delete(path);
  }

  /** Drops data, but what goes on being in use. */
  private dropChunks(chunks: readonly Chunk[], used: readonly Chunk[] = []): void {
    const kept = new Set(used.map(({ id }) => id));
    for (const { id } of chunks.filter((chunk) => !kept.has(chunk.id))) {
      this.data.delete(id);
    }
  }

  private setBlocks(path: string, blocks: readonly Block[], used: readonly Chunk[] = blocks): void {
    const before = this.blocksOf(path);
    this.dropChunks(before, used);
    if (blocks.length > 0) {
      this.uncommitted.set(path, { path, blocks });
    } else if (before.length > 0) {
      this.uncommitted.delete(path);
    }
  }

  private now(): string {
    return this.cloud.clock.now().toISOString();
  }
}
