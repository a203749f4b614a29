import type { Router } from "../../http/router";
import { keyActions } from "../dataAccess";
import { addDeletedObjectRoutes } from "../deletedObjectRoutes";
import { deletedKeyNotFound } from "../errors";
import type { VaultContext } from "../vaultContext";
import { newestVersion } from "../versions";
import type { KeyRecord } from "./keyRecord";
import { refuseManagedKey } from "./keyRoutes";

/** The calls on soft-deleted keys. */
export function addDeletedKeyRoutes(router: Router<VaultContext>): void {
  addDeletedObjectRoutes<KeyRecord>(router, {
    path: "deletedkeys",
    actions: { ...keyActions, read: keyActions.get },
    objects: ({ keys }) => keys,
    notFound: deletedKeyNotFound,
    refuse: refuseManagedKey,
    listed: ({ keyBundles }, key) => keyBundles.listedDeleted(key),
    deleted: ({ keyBundles }, key) => keyBundles.deleted(key),
    recovered: ({ keyBundles }, key) => keyBundles.full(key, newestVersion(key)),
  });
}
