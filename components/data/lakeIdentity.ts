import type * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

/** A data lake, as whoever is given access to it knows it. A DataLake is one by its shape. */
export interface LakeIdentity {
  /** Resource ID of the storage account. */
  readonly accountId: pulumi.Input<string>;
  /** `https://<account>.dfs.core.windows.net/`, with the slash. */
  readonly url: pulumi.Input<string>;
}

const owned = new WeakMap<object, ReadonlyMap<string, storage.BlobContainer>>();

/** Remembers the file systems of a lake of this program, so that roles on them can wait for them. */
export function rememberFileSystems(lake: object, fileSystems: ReadonlyMap<string, storage.BlobContainer>): void {
  owned.set(lake, fileSystems);
}

/** The file systems of a lake by name; `undefined` where the lake isn't of this program. */
export const fileSystemsOf = (lake: object): ReadonlyMap<string, storage.BlobContainer> | undefined => owned.get(lake);
