import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { keyActions } from "../dataAccess";
import { deletedKeyNotFound, purgeProtected } from "../errors";
import { page } from "../page";
import { allow, type VaultContext } from "../secretRoutes";
import { latestKey, type KeyRecord } from "./keyRecord";
import { keyName, refuseManagedKey } from "./keyRoutes";

/** The calls on soft-deleted keys. */
export function addDeletedKeyRoutes(router: Router<VaultContext>): void {
  router
    .on("GET", "/deletedkeys", (request, _parameters, context) => {
      allow(context, keyActions.list);
      return page(request, context.keys.allDeleted(), keyName, (record) => context.keyBundles.listedDeleted(record));
    })
    .on("GET", "/deletedkeys/:name", (_request, { name = "" }, context) => {
      allow(context, keyActions.get, name);
      return json(200, context.keyBundles.deleted(deleted(context, name)));
    })
    .on("POST", "/deletedkeys/:name/recover", (_request, { name = "" }, context) => {
      allow(context, keyActions.recover, name);
      const gone = deleted(context, name);
      refuseManagedKey(gone, "recover");
      const record = context.keys.recover(gone);
      return json(200, context.keyBundles.full(record, latestKey(record)));
    })
    .on("DELETE", "/deletedkeys/:name", (_request, { name = "" }, context) => {
      allow(context, keyActions.purge, name);
      const record = deleted(context, name);
      refuseManagedKey(record, "purge");
      if (context.vault.properties.enablePurgeProtection === true) {
        throw purgeProtected();
      }
      context.keys.purge(record);
      return empty(204);
    });
}

function deleted({ keys }: VaultContext, name: string): KeyRecord {
  const record = keys.deleted(name);
  if (record === undefined) {
    throw deletedKeyNotFound(name);
  }
  return record;
}
