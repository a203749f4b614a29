import type { z } from "zod";
import type { VaultAuthorities } from "./certificates/authorities";
import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { json, jsonBody, type AzureRequest } from "../http/message";
import type { Router } from "../http/router";
import type { CertificateBundles } from "./certificates/certificateBundle";
import type { VaultCertificates } from "./certificates/certificates";
import { authorize, secretActions, type VaultAction } from "./dataAccess";
import { badParameter, secretDisabled, secretIsDeleted, secretManaged, secretNotFound } from "./errors";
import type { KeyBundles } from "./keys/keyBundle";
import type { VaultKeys } from "./keys/keys";
import { page } from "./page";
import type { SecretBundles } from "./secretBundle";
import { checkSecretName, secretChange, secretInput, SecretProblem } from "./secretInput";
import { isManaged, versionOf, type SecretRecord, type SecretVersion } from "./secretRecord";
import type { VaultSecrets } from "./secrets";
import type { VaultRecord } from "./vaultRecord";

/** What every data call knows: whose vault it is, and who calls. */
export interface VaultContext {
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly vault: VaultRecord;
  readonly secrets: VaultSecrets;
  readonly bundles: SecretBundles;
  readonly authorities: VaultAuthorities;
  readonly keys: VaultKeys;
  readonly keyBundles: KeyBundles;
  readonly certificates: VaultCertificates;
  readonly certificateBundles: CertificateBundles;
}

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
      return page(request, context.secrets.allLive(), nameOf, (secret) => context.bundles.listed(secret));
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

export const nameOf = ({ name }: SecretRecord): string => name;

export function allow(context: VaultContext, action: VaultAction, name?: string): void {
  authorize(context.cloud, context.caller, context.vault, action, name);
}

/** A certificate's secret follows the certificate. @throws ServiceError */
export function refuseManaged(secret: SecretRecord | undefined, operation: string): void {
  if (secret !== undefined && isManaged(secret)) {
    throw secretManaged(operation);
  }
}

/** The body as JSON. @throws ServiceError where it is none */
export function bodyOf(request: AzureRequest): unknown {
  try {
    return jsonBody(request);
  } catch {
    throw badParameter("The request body is not well-formed JSON.");
  }
}

/** The body as a schema has it. @throws ServiceError 400 for the first problem */
export function parsed<T>(schema: z.ZodType<T>, request: AzureRequest): T {
  return readBody(schema, bodyOf(request));
}

/** A body as a schema has it. @throws ServiceError 400 for the first problem */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badParameter(`Property ${issue?.path.join(".") ?? ""} has invalid value.`);
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

/** @throws ServiceError 400 where the input is refused */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SecretProblem ? badParameter(error.message) : error;
  }
}
