import { z } from "zod";
import { json, type AzureRequest } from "../../http/message";
import type { Router } from "../../http/router";
import { certificateActions } from "../dataAccess";
import { certificateIsDeleted, certificateNotFound, certificateOperationNotFound, nameHeld } from "../errors";
import { page } from "../page";
import { allow, bodyOf, checked, parsed, type VaultContext } from "../vaultContext";
import { checkSecretName, secretChange } from "../secretInput";
import { certificatePolicy } from "./certificatePolicy";
import type { CertificateRecord, CertificateVersion } from "./certificateRecord";
import type { CertificateChange } from "./certificates";
import { importedCertificate } from "./importedCertificate";
import { newestVersion, versionOf } from "../versions";

const policyBody = z.object({ policy: z.unknown().optional() });
const importBody = z.object({ value: z.string(), pwd: z.string().nullish() });

/** The calls on live certificates. */
export function addCertificateRoutes(router: Router<VaultContext>): void {
  router
    .on("POST", "/certificates/:name/create", async (request, { name = "" }, context) => {
      allow(context, certificateActions.create, name);
      checkName(context, name);
      const { policy } = parsed(policyBody, request);
      const record = await context.certificates.create(name, certificatePolicy(policy), changeIn(request));
      const { requestId = "", csr = "" } = record.operation ?? {};
      return json(202, context.certificateBundles.operation(record, requestId, csr, false), {
        location: `https://${request.host}/certificates/${name}/pending?request_id=${requestId}`,
        "retry-after": "10",
      });
    })
    .on("POST", "/certificates/:name/import", (request, { name = "" }, context) => {
      allow(context, certificateActions.import, name);
      checkName(context, name);
      const { value, pwd } = parsed(importBody, request);
      const { keyed, policy } = importedCertificate(value, pwd ?? "", parsed(policyBody, request).policy);
      const record = context.certificates.import(name, policy, keyed, changeIn(request));
      return json(200, context.certificateBundles.full(record, newestVersion(record)));
    })
    .on("GET", "/certificates/:name/pending", (_request, { name = "" }, context) => {
      allow(context, certificateActions.read, name);
      const { record, operation } = withOperation(context, name);
      return json(200, context.certificateBundles.operation(record, operation.requestId, operation.csr, true));
    })
    .on("DELETE", "/certificates/:name/pending", (_request, { name = "" }, context) => {
      allow(context, certificateActions.update, name);
      const { record, operation } = withOperation(context, name);
      context.certificates.forgetOperation(record);
      return json(200, context.certificateBundles.operation(record, operation.requestId, operation.csr, true));
    })
    .on("GET", "/certificates/:name/policy", (_request, { name = "" }, context) => {
      allow(context, certificateActions.read, name);
      return json(200, context.certificateBundles.policy(existing(context, name)));
    })
    .on("PATCH", "/certificates/:name/policy", (request, { name = "" }, context) => {
      allow(context, certificateActions.update, name);
      const record = existing(context, name);
      const changed = context.certificates.changePolicy(record, certificatePolicy(bodyOf(request), record.policy));
      return json(200, context.certificateBundles.policy(changed));
    })
    .on("GET", "/certificates/:name/versions", (request, { name = "" }, context) => {
      allow(context, certificateActions.list, name);
      const record = existing(context, name);
      return page(
        request,
        record.versions,
        ({ version }) => version,
        (version) => context.certificateBundles.listedVersion(record, version),
      );
    })
    .on("GET", "/certificates/:name", (_request, { name = "" }, context) => read(context, name, undefined))
    .on("GET", "/certificates/:name/:version", (_request, { name = "", version = "" }, context) =>
      read(context, name, version),
    )
    .on("PATCH", "/certificates/:name", (request, { name = "" }, context) => update(request, context, name, undefined))
    .on("PATCH", "/certificates/:name/:version", (request, { name = "", version = "" }, context) =>
      update(request, context, name, version),
    )
    .on("GET", "/certificates", (request, _parameters, context) => {
      allow(context, certificateActions.list);
      return page(
        request,
        context.certificates.allLive(),
        ({ name }) => name,
        (record) => context.certificateBundles.listed(record),
      );
    })
    .on("DELETE", "/certificates/:name", (_request, { name = "" }, context) => {
      allow(context, certificateActions.delete, name);
      return json(200, context.certificateBundles.deleted(context.certificates.delete(existing(context, name))));
    });
}

/** The dates of a certificate are its own; a client may say whether it is enabled, and its tags. */
function changeIn(request: AzureRequest): CertificateChange {
  const { enabled, tags } = checked(() => secretChange(bodyOf(request)));
  return { enabled, tags };
}

function checkName(context: VaultContext, name: string): void {
  checked(() => {
    checkSecretName(name);
  });
  if (context.certificates.deleted(name) !== undefined) {
    throw certificateIsDeleted(name);
  }
  if (context.certificates.live(name) !== undefined) return;
  for (const [by, objects] of [
    ["secret", context.secrets],
    ["key", context.keys],
  ] as const) {
    if (objects.live(name) !== undefined || objects.deleted(name) !== undefined) throw nameHeld(name, by);
  }
}

function read(context: VaultContext, name: string, wanted: string | undefined): ReturnType<typeof json> {
  allow(context, certificateActions.read, name);
  const { record, version } = existingVersion(context, name, wanted);
  return json(200, context.certificateBundles.full(record, version));
}

function update(
  request: AzureRequest,
  context: VaultContext,
  name: string,
  wanted: string | undefined,
): ReturnType<typeof json> {
  allow(context, certificateActions.update, name);
  const { record, version } = existingVersion(context, name, wanted);
  const changed = context.certificates.change(record, version, changeIn(request));
  return json(200, context.certificateBundles.full(record, changed));
}

function existing({ certificates }: VaultContext, name: string): CertificateRecord {
  const record = certificates.live(name);
  if (record === undefined) {
    throw certificateNotFound(name);
  }
  return record;
}

function existingVersion(
  context: VaultContext,
  name: string,
  wanted: string | undefined,
): { readonly record: CertificateRecord; readonly version: CertificateVersion } {
  const record = existing(context, name);
  const version = versionOf(record, wanted);
  if (version === undefined) {
    throw certificateNotFound(`${name}/${wanted ?? ""}`);
  }
  return { record, version };
}

function withOperation(context: VaultContext, name: string) {
  const record = context.certificates.live(name);
  const operation = record?.operation;
  if (record === undefined || operation === undefined) {
    throw certificateOperationNotFound(name);
  }
  return { record, operation };
}
