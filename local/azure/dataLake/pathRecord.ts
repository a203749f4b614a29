import type { Acl } from "./acl";
import type { Lease } from "./lease";

/** A piece of a file's data; the bytes lie apart, under the chunk's ID. */
export interface Chunk {
  readonly id: string;
  readonly length: number;
  /** Its block ID, where it came as a block of the blob host. */
  readonly block?: string;
}

/** Where a blob was copied from. */
export interface CopyRecord {
  readonly id: string;
  /** URL of the source. */
  readonly source: string;
  /** RFC 3339. */
  readonly completed: string;
  readonly length: number;
}

/** A file or a directory. Times are RFC 3339. */
export interface PathRecord {
  /** Without slashes at its ends; empty for the root. */
  readonly path: string;
  readonly isDirectory: boolean;
  readonly etag: string;
  readonly created: string;
  readonly lastModified: string;
  /** Object IDs, or "$superuser". */
  readonly owner: string;
  readonly group: string;
  readonly acl: Acl;
  readonly metadata: Readonly<Record<string, string>>;
  /** Content-type, cache-control and their kin, by header name. */
  readonly contentHeaders: Readonly<Record<string, string>>;
  /** What a reader sees. */
  readonly chunks: readonly Chunk[];
  /** What was appended and not yet flushed. */
  readonly pending: readonly (Chunk & { readonly position: number })[];
  /** How many blocks an append blob has; unset where it is a block blob. */
  readonly appendedBlocks?: number | undefined;
  /** Unset again once it is changed. */
  readonly copy?: CopyRecord | undefined;
  readonly lease?: Lease | undefined;
}

export const superUser = "$superuser";

export const lengthOf = ({ chunks }: PathRecord): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** The kind of blob that the blob host shows. */
export const blobTypeOf = ({ appendedBlocks }: PathRecord): "AppendBlob" | "BlockBlob" =>
  appendedBlocks === undefined ? "BlockBlob" : "AppendBlob";

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A path's directories, from the root down, without itself. */
export function ancestorsOf(path: string): string[] {
  const segments = path.split("/").slice(0, -1);
  return path === "" ? [] : ["", ...segments.map((_, index) => segments.slice(0, index + 1).join("/"))];
}
