import type { Router } from "../http/router";
import { secretActions } from "./dataAccess";
import { addDeletedObjectRoutes } from "./deletedObjectRoutes";
import { deletedSecretNotFound } from "./errors";
import type { SecretRecord } from "./secretRecord";
import { refuseManaged } from "./secretRoutes";
import type { VaultContext } from "./vaultContext";
import { newestVersion } from "./versions";

/** The calls on soft-deleted secrets. */
export function addDeletedSecretRoutes(router: Router<VaultContext>): void {
  addDeletedObjectRoutes<SecretRecord>(router, {
    path: "deletedsecrets",
    actions: { ...secretActions, read: secretActions.list },
    objects: ({ secrets }) => secrets,
    notFound: deletedSecretNotFound,
    refuse: refuseManaged,
    listed: ({ bundles }, secret) => bundles.listedDeleted(secret),
    deleted: ({ bundles }, secret) => bundles.deleted(secret),
    recovered: ({ bundles }, secret) => bundles.withoutValue(secret, newestVersion(secret)),
  });
}
