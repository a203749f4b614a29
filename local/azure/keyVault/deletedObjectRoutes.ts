import { empty, json, type AzureResponse } from "../http/message";
import type { Router } from "../http/router";
import type { ServiceError } from "../http/serviceError";
import type { VaultAction } from "./dataAccess";
import { purgeProtected } from "./errors";
import { page } from "./page";
import { allow, type VaultContext } from "./vaultContext";
import type { VaultObject, VaultObjects } from "./vaultObjects";

/** What the calls on one kind of soft-deleted objects need. */
export interface DeletedKind<Kept extends VaultObject> {
  /** First segment of the paths, such as `deletedkeys`. */
  readonly path: string;
  readonly actions: Readonly<Record<"list" | "read" | "recover" | "purge", VaultAction>>;
  readonly objects: (context: VaultContext) => VaultObjects<Kept>;
  readonly notFound: (name: string) => ServiceError;
  /** Refuses what follows a certificate. @default nothing */
  readonly refuse?: (object: Kept, operation: "recover" | "purge") => void;
  readonly listed: (context: VaultContext, object: Kept) => object;
  readonly deleted: (context: VaultContext, object: Kept) => object;
  readonly recovered: (context: VaultContext, object: Kept) => object;
}

/** The calls on soft-deleted objects of one kind: list, get, recover and purge. */
export function addDeletedObjectRoutes<Kept extends VaultObject>(
  router: Router<VaultContext>,
  kind: DeletedKind<Kept>,
): void {
  const { path, actions, objects, refuse = () => undefined } = kind;
  const find = (context: VaultContext, name: string): Kept => {
    const object = objects(context).deleted(name);
    if (object === undefined) throw kind.notFound(name);
    return object;
  };
  router
    .on("GET", `/${path}`, (request, _parameters, context): AzureResponse => {
      allow(context, actions.list);
      const all = objects(context).allDeleted();
      return page(
        request,
        all,
        ({ name }) => name,
        (object) => kind.listed(context, object),
      );
    })
    .on("GET", `/${path}/:name`, (_request, { name = "" }, context) => {
      allow(context, actions.read, name);
      return json(200, kind.deleted(context, find(context, name)));
    })
    .on("POST", `/${path}/:name/recover`, (_request, { name = "" }, context) => {
      allow(context, actions.recover, name);
      const object = find(context, name);
      refuse(object, "recover");
      return json(200, kind.recovered(context, objects(context).recover(object)));
    })
    .on("DELETE", `/${path}/:name`, (_request, { name = "" }, context) => {
      allow(context, actions.purge, name);
      const object = find(context, name);
      refuse(object, "purge");
      if (context.vault.properties.enablePurgeProtection === true) {
        throw purgeProtected();
      }
      objects(context).purge(object);
      return empty(204);
    });
}
