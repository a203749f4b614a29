import { empty, json } from "../http/message";
import type { Router } from "../http/router";
import { secretActions } from "./dataAccess";
import { deletedSecretNotFound, purgeProtected } from "./errors";
import { page } from "./page";
import { latest, type SecretRecord } from "./secretRecord";
import { allow, nameOf, refuseManaged, type VaultContext } from "./secretRoutes";

/** The calls on soft-deleted secrets. */
export function addDeletedSecretRoutes(router: Router<VaultContext>): void {
  router
    .on("GET", "/deletedsecrets", (request, _parameters, context) => {
      allow(context, secretActions.list);
      return page(request, context.secrets.allDeleted(), nameOf, (secret) => context.bundles.listedDeleted(secret));
    })
    .on("GET", "/deletedsecrets/:name", (_request, { name = "" }, context) => {
      allow(context, secretActions.list, name);
      return json(200, context.bundles.deleted(deleted(context, name)));
    })
    .on("POST", "/deletedsecrets/:name/recover", (_request, { name = "" }, context) => {
      allow(context, secretActions.recover, name);
      const gone = deleted(context, name);
      refuseManaged(gone, "recover");
      const secret = context.secrets.recover(gone);
      return json(200, context.bundles.withoutValue(secret, latest(secret)));
    })
    .on("DELETE", "/deletedsecrets/:name", (_request, { name = "" }, context) => {
      allow(context, secretActions.purge, name);
      const secret = deleted(context, name);
      refuseManaged(secret, "purge");
      if (context.vault.properties.enablePurgeProtection === true) {
        throw purgeProtected();
      }
      context.secrets.purge(secret);
      return empty(204);
    });
}

function deleted({ secrets }: VaultContext, name: string): SecretRecord {
  const secret = secrets.deleted(name);
  if (secret === undefined) {
    throw deletedSecretNotFound(name);
  }
  return secret;
}
