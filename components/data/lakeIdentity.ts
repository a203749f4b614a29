import type * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

/** The IDs of a data lake. A DataLake can be used as one. */
export interface LakeIdentity {
  /** Resource ID of the storage account. */
  readonly accountId: pulumi.Input<string>;
  /** `https://<account>.dfs.core.windows.net/`, with the slash. */
  readonly url: pulumi.Input<string>;
}

/** What this program has of a lake. */
export interface OwnedLake {
  /** The file systems that it declares, by name. */
  readonly fileSystems: ReadonlyMap<string, storage.BlobContainer>;
  /** The account, where it declares that too: there is then no other file system. */
  readonly account?: storage.StorageAccount;
  /** Nothing below the account can be deleted while its lock stays. */
  readonly locked: boolean;
}

const owned = new WeakMap<object, OwnedLake>();

/** Remembers what this program has of a lake, so that roles can wait for its file systems. */
export function rememberLake(lake: object, parts: OwnedLake): void {
  owned.set(lake, parts);
}

/** What this program has of a lake; `undefined` where that is nothing. */
export const ownedOf = (lake: object): OwnedLake | undefined => owned.get(lake);
