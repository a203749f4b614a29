import type { Cloud } from "../cloud";
import type { Collection } from "../store/store";
import { newEtag } from "./etag";
import { FileTree } from "./fileTree";
import type { Lease } from "./lease";

/** A file system, which is the same thing as a blob container. Times are RFC 3339. */
export interface FileSystemRecord {
  readonly name: string;
  readonly etag: string;
  readonly lastModified: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly publicAccess: "None" | "Blob" | "Container";
  /** Set once it is deleted, while its name is not free again. */
  readonly deletedAt?: string;
  readonly lease?: Lease | undefined;
}

/** How long a deleted file system's name stays taken, in seconds. */
const nameHeldSeconds = 30;
const namePattern = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const specialNames = ["$root", "$web", "$logs"];

export const isFileSystemName = (name: string): boolean => namePattern.test(name) || specialNames.includes(name);

/** The file systems of one account. */
export class FileSystems {
  private readonly records: Collection<FileSystemRecord>;

  constructor(
    private readonly cloud: Cloud,
    private readonly account: string,
  ) {
    this.records = cloud.store.collection<FileSystemRecord>(`fileSystems:${account}`);
  }

  get(name: string): FileSystemRecord | undefined {
    const record = this.records.get(name);
    return record?.deletedAt === undefined ? record : undefined;
  }

  /** Whether a file system of this name was deleted so lately that the name is not free. */
  isBeingDeleted(name: string): boolean {
    const deletedAt = this.records.get(name)?.deletedAt;
    return deletedAt !== undefined && this.cloud.clock.now().getTime() < Date.parse(deletedAt) + nameHeldSeconds * 1000;
  }

  all(): FileSystemRecord[] {
    return [...this.records.values()]
      .filter(({ deletedAt }) => deletedAt === undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  create(name: string, input: Partial<Pick<FileSystemRecord, "metadata" | "publicAccess">> = {}): FileSystemRecord {
    const record = { name, metadata: {}, publicAccess: "None" as const, ...input, ...this.stamp() };
    this.records.set(name, record);
    this.treeOf(name).plant();
    return record;
  }

  change(
    record: FileSystemRecord,
    input: Partial<Pick<FileSystemRecord, "metadata" | "publicAccess">>,
  ): FileSystemRecord {
    const changed = { ...record, ...input, ...this.stamp() };
    this.records.set(record.name, changed);
    return changed;
  }

  /** A lease changes neither ETag nor time. */
  setLease(record: FileSystemRecord, lease: Lease | undefined): void {
    this.records.set(record.name, { ...record, lease });
  }

  delete(record: FileSystemRecord): void {
    this.treeOf(record.name).clear();
    this.records.set(record.name, { ...record, deletedAt: this.cloud.clock.now().toISOString(), lease: undefined });
  }

  removeAll(): void {
    for (const { name } of [...this.records.values()]) {
      this.treeOf(name).clear();
      this.records.delete(name);
    }
  }

  treeOf(name: string): FileTree {
    return new FileTree(this.cloud, `${this.account}:${name}`);
  }

  private stamp(): Pick<FileSystemRecord, "etag" | "lastModified"> {
    return { etag: newEtag(), lastModified: this.cloud.clock.now().toISOString() };
  }
}
