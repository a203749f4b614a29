import { json, type AzureRequest, type AzureResponse } from "../../http/message";
import type { Router } from "../../http/router";
import { keyActions, type VaultAction } from "../dataAccess";
import { keyIsDeleted, keyManaged, keyNotFound } from "../errors";
import { page } from "../page";
import { checkSecretName } from "../secretInput";
import { allow, bodyOf, checked, type VaultContext } from "../vaultContext";
import { importedKey, keyChange, wantedKind } from "./keyInput";
import { isManagedKey, type KeyRecord, type KeyVersion } from "./keyRecord";
import { rotationPolicy } from "./rotationPolicy";
import { versionOf } from "../versions";

/** The calls on live keys, but for those that use one. */
export function addKeyRoutes(router: Router<VaultContext>): void {
  router
    .on("POST", "/keys/:name/create", async (request, { name = "" }, context) => {
      const body = newVersion(request, context, keyActions.create, name);
      const kind = wantedKind(body);
      const change = checked(() => keyChange(body));
      return shown(context, await context.keys.create(name, kind, change));
    })
    .on("PUT", "/keys/:name", (request, { name = "" }, context) => {
      const body = newVersion(request, context, keyActions.import, name);
      const { kind, key } = importedKey(body);
      const change = checked(() => keyChange(body));
      return shown(context, context.keys.add(name, kind, key, change));
    })
    .on("GET", "/keys", (request, _parameters, context) => {
      allow(context, keyActions.list);
      return page(
        request,
        context.keys.allLive(),
        ({ name }) => name,
        (record) => context.keyBundles.listed(record),
      );
    })
    .on("GET", "/keys/:name/versions", (request, { name = "" }, context) => {
      allow(context, keyActions.list, name);
      const record = existingKey(context, name);
      return page(
        request,
        record.versions,
        ({ version }) => version,
        (version) => context.keyBundles.listedVersion(record, version),
      );
    })
    .on("GET", "/keys/:name", (_request, { name = "" }, context) => read(context, name, undefined))
    .on("GET", "/keys/:name/:version", (_request, { name = "", version = "" }, context) => read(context, name, version))
    .on("PATCH", "/keys/:name", (request, { name = "" }, context) => update(request, context, name, undefined))
    .on("PATCH", "/keys/:name/:version", (request, { name = "", version = "" }, context) =>
      update(request, context, name, version),
    )
    .on("DELETE", "/keys/:name", (_request, { name = "" }, context) => {
      allow(context, keyActions.delete, name);
      const record = existingKey(context, name);
      refuseManagedKey(record, "delete");
      return json(200, context.keyBundles.deleted(context.keys.delete(record)));
    })
    .on("POST", "/keys/:name/rotate", async (_request, { name = "" }, context) => {
      allow(context, keyActions.rotate, name);
      const record = existingKey(context, name);
      refuseManagedKey(record, "rotate");
      return shown(context, await context.keys.rotate(record));
    })
    .on("GET", "/keys/:name/rotationpolicy", (_request, { name = "" }, context) => {
      allow(context, keyActions.getRotationPolicy, name);
      return json(200, context.keyBundles.rotationPolicy(existingKey(context, name)));
    })
    .on("PUT", "/keys/:name/rotationpolicy", (request, { name = "" }, context) => {
      allow(context, keyActions.setRotationPolicy, name);
      const record = existingKey(context, name);
      refuseManagedKey(record, "setRotationPolicy");
      const policy = rotationPolicy(bodyOf(request));
      return json(200, context.keyBundles.rotationPolicy(context.keys.setRotationPolicy(record, policy)));
    });
}

/** A certificate's key follows the certificate. @throws ServiceError */
export function refuseManagedKey(record: KeyRecord | undefined, operation: string): void {
  if (record !== undefined && isManagedKey(record)) {
    throw keyManaged(operation);
  }
}

export function existingKey({ keys }: VaultContext, name: string): KeyRecord {
  const record = keys.live(name);
  if (record === undefined) {
    throw keyNotFound(name);
  }
  return record;
}

/** The version asked for; the newest where none is. @throws ServiceError 404 */
export function existingKeyVersion(
  context: VaultContext,
  name: string,
  wanted: string | undefined,
): { readonly record: KeyRecord; readonly version: KeyVersion } {
  const record = existingKey(context, name);
  const version = versionOf(record, wanted);
  if (version === undefined) {
    throw keyNotFound(`${name}/${wanted ?? ""}`);
  }
  return { record, version };
}

/** What a request for a new version sends, once it may make one. */
function newVersion(request: AzureRequest, context: VaultContext, action: VaultAction, name: string): unknown {
  allow(context, action, name);
  checked(() => {
    checkSecretName(name);
  });
  if (context.keys.deleted(name) !== undefined) {
    throw keyIsDeleted(name);
  }
  refuseManagedKey(context.keys.live(name), action.permission);
  return bodyOf(request);
}

function read(context: VaultContext, name: string, wanted: string | undefined): AzureResponse {
  allow(context, keyActions.get, name);
  return shown(context, existingKeyVersion(context, name, wanted));
}

function update(request: AzureRequest, context: VaultContext, name: string, wanted: string | undefined): AzureResponse {
  allow(context, keyActions.update, name);
  const { record, version } = existingKeyVersion(context, name, wanted);
  refuseManagedKey(record, "update");
  const change = checked(() => keyChange(bodyOf(request)));
  return shown(context, context.keys.change(record, version, change));
}

const shown = (
  { keyBundles }: VaultContext,
  { record, version }: { readonly record: KeyRecord; readonly version: KeyVersion },
): AzureResponse => json(200, keyBundles.full(record, version));
