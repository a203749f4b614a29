import type { z } from "zod";
import type { Cloud } from "../cloud";
import type { Caller } from "../entra/caller";
import { jsonBody, type AzureRequest } from "../http/message";
import type { VaultAuthorities } from "./certificates/authorities";
import type { CertificateBundles } from "./certificates/certificateBundle";
import type { VaultCertificates } from "./certificates/certificates";
import { authorize, type VaultAction } from "./dataAccess";
import { badParameter } from "./errors";
import type { KeyBundles } from "./keys/keyBundle";
import type { VaultKeys } from "./keys/keys";
import type { SecretBundles } from "./secretBundle";
import { SecretProblem } from "./secretInput";
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

/** @throws ServiceError 403 where the caller may not */
export function allow(context: VaultContext, action: VaultAction, name?: string): void {
  authorize(context.cloud, context.caller, context.vault, action, name);
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

/** @throws ServiceError 400 where the input is refused */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SecretProblem ? badParameter(error.message) : error;
  }
}
