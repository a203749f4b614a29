import { json, type AzureRequest } from "../http/message";
import type { Router } from "../http/router";
import { secretActions } from "./dataAccess";
import { secretDisabled, secretIsDeleted, secretManaged, secretNotFound } from "./errors";
import { page } from "./page";
import { checkSecretName, secretChange, secretInput } from "./secretInput";
import { isManaged, type SecretRecord, type SecretVersion } from "./secretRecord";
import { allow, bodyOf, checked, type VaultContext } from "./vaultContext";
import { versionOf } from "./versions";

/** The calls on live secrets. */
export function addSecretRoutes(router: Router<VaultContext>): void {
  router
    .on("PUT", "/secrets/:name", (request, { name = "" }, context) => {
      allow(context, secretActions.set, name);
      const input = checked(() => {
        checkSecretName(name);
        return secretInput(bodyOf(request));
      });
      if (context.secrets.deleted(name) !== undefined) {
        throw secretIsDeleted(name);
      }
      refuseManaged(context.secrets.live(name), "set");
      const { secret, version } = context.secrets.set(name, input);
      return json(200, context.bundles.withValue(secret, version));
    })
    .on("GET", "/secrets/:name", (_request, { name = "" }, context) => {
      return read(context, name, undefined);
    })
    .on("GET", "/secrets/:name/:version", (_request, { name = "", version = "" }, context) => {
      return read(context, name, version);
    })
    .on("PATCH", "/secrets/:name", (request, { name = "" }, context) => {
      return update(request, context, name, undefined);
    })
    .on("PATCH", "/secrets/:name/:version", (request, { name = "", version = "" }, context) => {
      return update(request, context, name, version);
    })
    .on("GET", "/secrets", (request, _parameters, context) => {
      allow(context, secretActions.list);
      return page(
        request,
        context.secrets.allLive(),
        ({ name }) => name,
        (secret) => context.bundles.listed(secret),
      );
    })
    .on("GET", "/secrets/:name/versions", (request, { name = "" }, context) => {
      allow(context, secretActions.list, name);
      const secret = existing(context, name);
      return page(
        request,
        secret.versions,
        ({ version }) => version,
        (version) => context.bundles.withoutValue(secret, version),
      );
    })
    .on("DELETE", "/secrets/:name", (_request, { name = "" }, context) => {
      allow(context, secretActions.delete, name);
      const secret = existing(context, name);
      refuseManaged(secret, "delete");
      return json(200, context.bundles.deleted(context.secrets.delete(secret)));
    });
}

/** A certificate's secret follows the certificate. @throws ServiceError */
export function refuseManaged(secret: SecretRecord | undefined, operation: string): void {
  if (secret !== undefined && isManaged(secret)) {
    throw secretManaged(operation);
  }
}

function read(context: VaultContext, name: string, wanted: string | undefined): ReturnType<typeof json> {
  allow(context, secretActions.get, name);
  const { secret, version } = existingVersion(context, name, wanted);
  if (!version.enabled) {
    throw secretDisabled();
  }
  return json(200, context.bundles.withValue(secret, version));
}

function update(
  request: AzureRequest,
  context: VaultContext,
  name: string,
  wanted: string | undefined,
): ReturnType<typeof json> {
  allow(context, secretActions.update, name);
  const change = checked(() => secretChange(bodyOf(request)));
  const { secret, version } = existingVersion(context, name, wanted);
  refuseManaged(secret, "update");
  return json(200, context.bundles.withoutValue(secret, context.secrets.change(secret, version, change)));
}

function existing({ secrets }: VaultContext, name: string): SecretRecord {
  const secret = secrets.live(name);
  if (secret === undefined) {
    throw secretNotFound(name);
  }
  return secret;
}

function existingVersion(
  context: VaultContext,
  name: string,
  wanted: string | undefined,
): { secret: SecretRecord; version: SecretVersion } {
  const secret = existing(context, name);
  const version = versionOf(secret, wanted);
  if (version === undefined) {
    throw secretNotFound(`${name}/${wanted ?? ""}`);
  }
  return { secret, version };
}
