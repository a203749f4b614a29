import { z } from "zod";
import type { Cloud } from "../cloud";
import { json } from "../http/message";
import type { Router } from "../http/router";
import type { ServiceError } from "../http/serviceError";
import { keyActions, secretActions, type VaultAction } from "./dataAccess";
import {
  badParameter,
  keyExists,
  keyIsDeleted,
  keyNotFound,
  secretExists,
  secretIsDeleted,
  secretNotFound,
} from "./errors";
import type { KeyRecord } from "./keys/keyRecord";
import { refuseManagedKey } from "./keys/keyRoutes";
import type { SecretRecord } from "./secretRecord";
import { refuseManaged } from "./secretRoutes";
import { allow, bodyOf, type VaultContext } from "./vaultContext";
import type { VaultObject, VaultObjects } from "./vaultObjects";
import { newestVersion } from "./versions";

/** What backup and restore need to know of a kind of object. */
interface Kind<Kept extends VaultObject> {
  readonly collection: "secrets" | "keys";
  readonly actions: { readonly backup: VaultAction; readonly restore: VaultAction };
  readonly objects: (context: VaultContext) => VaultObjects<Kept>;
  readonly refuseManaged: (record: Kept, operation: string) => void;
  readonly shown: (context: VaultContext, record: Kept) => object;
  readonly errors: Readonly<Record<"notFound" | "exists" | "isDeleted", (name: string) => ServiceError>>;
}

const secrets: Kind<SecretRecord> = {
  collection: "secrets",
  actions: secretActions,
  objects: (context) => context.secrets,
  refuseManaged,
  shown: ({ bundles }, secret) => bundles.withoutValue(secret, newestVersion(secret)),
  errors: { notFound: secretNotFound, exists: secretExists, isDeleted: secretIsDeleted },
};

const keys: Kind<KeyRecord> = {
  collection: "keys",
  actions: keyActions,
  objects: (context) => context.keys,
  refuseManaged: refuseManagedKey,
  shown: ({ keyBundles }, key) => keyBundles.full(key, newestVersion(key)),
  errors: { notFound: keyNotFound, exists: keyExists, isDeleted: keyIsDeleted },
};

/** Backup and restore. A backup is the whole object, sealed: only this local Azure can read it. */
export function addBackupRoutes(router: Router<VaultContext>): void {
  addRoutesOf(router, secrets);
  addRoutesOf(router, keys);
}

function addRoutesOf<Kept extends VaultObject>(router: Router<VaultContext>, kind: Kind<Kept>): void {
  const { collection, actions, errors } = kind;
  router
    .on("POST", `/${collection}/:name/backup`, (_request, { name = "" }, context) => {
      allow(context, actions.backup, name);
      const record = kind.objects(context).live(name);
      if (record === undefined) {
        throw errors.notFound(name);
      }
      kind.refuseManaged(record, "backup");
      const sealed = context.cloud.stateKey.seal(JSON.stringify({ collection, record }));
      return json(200, { value: Buffer.from(sealed).toString("base64url") });
    })
    .on("POST", `/${collection}/restore`, (request, _parameters, context) => {
      allow(context, actions.restore);
      const record = opened(context.cloud, bodyOf(request), collection) as Kept;
      const objects = kind.objects(context);
      if (objects.live(record.name) !== undefined) {
        throw errors.exists(record.name);
      }
      if (objects.deleted(record.name) !== undefined) {
        throw errors.isDeleted(record.name);
      }
      return json(200, kind.shown(context, objects.recover(record)));
    });
}

const backup = z.object({ value: z.string().min(1) });

function opened(cloud: Cloud, body: unknown, wanted: string): VaultObject {
  const parsed = backup.safeParse(body);
  try {
    const sealed = Buffer.from(parsed.success ? parsed.data.value : "", "base64url").toString("utf8");
    const { collection, record } = JSON.parse(cloud.stateKey.unseal(sealed)) as {
      readonly collection: string;
      readonly record: VaultObject;
    };
    if (collection === wanted) return record;
  } catch {
    // Told below: it is nothing that was made here.
  }
  throw badParameter(`Property value must be a backup of ${wanted} that this vault's service made.`);
}
