import { z } from "zod";
import type { Cloud } from "../cloud";
import { json } from "../http/message";
import type { Router } from "../http/router";
import { secretActions } from "./dataAccess";
import { badParameter, secretExists, secretIsDeleted, secretNotFound } from "./errors";
import { latest, type SecretRecord } from "./secretRecord";
import { allow, bodyOf, refuseManaged, type VaultContext } from "./secretRoutes";

/** Backup and restore. A backup is the whole secret, sealed: only this local Azure can read it. */
export function addBackupRoutes(router: Router<VaultContext>): void {
  router
    .on("POST", "/secrets/:name/backup", (_request, { name = "" }, context) => {
      allow(context, secretActions.backup, name);
      const secret = context.secrets.live(name);
      if (secret === undefined) {
        throw secretNotFound(name);
      }
      refuseManaged(secret, "backup");
      return json(200, {
        value: Buffer.from(context.cloud.stateKey.seal(JSON.stringify(secret))).toString("base64url"),
      });
    })
    .on("POST", "/secrets/restore", (request, _parameters, context) => {
      allow(context, secretActions.restore);
      const secret = opened(context.cloud, bodyOf(request));
      if (context.secrets.live(secret.name) !== undefined) {
        throw secretExists(secret.name);
      }
      if (context.secrets.deleted(secret.name) !== undefined) {
        throw secretIsDeleted(secret.name);
      }
      context.secrets.recover(secret);
      return json(200, context.bundles.withoutValue(secret, latest(secret)));
    });
}

const backup = z.object({ value: z.string().min(1) });

function opened(cloud: Cloud, body: unknown): SecretRecord {
  const parsed = backup.safeParse(body);
  try {
    const sealed = Buffer.from(parsed.success ? parsed.data.value : "", "base64url").toString("utf8");
    return JSON.parse(cloud.stateKey.unseal(sealed)) as SecretRecord;
  } catch {
    throw badParameter("Property value must be a backup that this vault's service made.");
  }
}
