import type { AccessControl } from "../../arm/authorization/accessControl";
import type { Directory } from "../../entra/directory";
import type { Collections, Store } from "../../store/store";
import type { Reader } from "./facts";

/** Who shows objects of the directory. */
export type DirectoryReader = Extract<Reader, "graph" | "entra" | "arm">;
/** Who lets callers in by their roles. */
export type AccessReader = Extract<Reader, `${string}Access`>;

/** The state, as the replica that takes the writes has it. */
export interface Whole {
  readonly store: Store;
  readonly directory: Directory;
  readonly access: AccessControl;
}

/** What services read by. Each call chooses one of the reader's replicas, which stays the same in what the call gives. */
export interface Replicas {
  /** From now on changes take their time; those before are everywhere. */
  follow(): void;
  records(reader: Reader): Collections;
  /** Only to read: changes are made in {@link Whole.directory}. */
  directory(reader: DirectoryReader): Directory;
  access(reader: AccessReader): AccessControl;
  /** Whether the name of a host is known yet, where a vault or a storage account has it. */
  resolves(host: string): boolean;
}
