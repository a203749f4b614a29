import { empty, json } from "../../http/message";
import type { Router } from "../../http/router";
import { certificateActions } from "../dataAccess";
import { deletedCertificateNotFound, purgeProtected } from "../errors";
import { page } from "../page";
import { allow, type VaultContext } from "../secretRoutes";
import { latestCertificate, type CertificateRecord } from "./certificateRecord";
import { certificateName } from "./certificateRoutes";

/** The calls on soft-deleted certificates. Their secrets go and come back with them. */
export function addDeletedCertificateRoutes(router: Router<VaultContext>): void {
  router
    .on("GET", "/deletedcertificates", (request, _parameters, context) => {
      allow(context, certificateActions.list);
      return page(request, context.certificates.allDeleted(), certificateName, (record) =>
        context.certificateBundles.listedDeleted(record),
      );
    })
    .on("GET", "/deletedcertificates/:name", (_request, { name = "" }, context) => {
      allow(context, certificateActions.read, name);
      return json(200, context.certificateBundles.deleted(deleted(context, name)));
    })
    .on("POST", "/deletedcertificates/:name/recover", (_request, { name = "" }, context) => {
      allow(context, certificateActions.recover, name);
      const record = context.certificates.recover(deleted(context, name));
      return json(200, context.certificateBundles.full(record, latestCertificate(record)));
    })
    .on("DELETE", "/deletedcertificates/:name", (_request, { name = "" }, context) => {
      allow(context, certificateActions.purge, name);
      const record = deleted(context, name);
      if (context.vault.properties.enablePurgeProtection === true) {
        throw purgeProtected();
      }
      context.certificates.purge(record);
      return empty(204);
    });
}

function deleted({ certificates }: VaultContext, name: string): CertificateRecord {
  const record = certificates.deleted(name);
  if (record === undefined) {
    throw deletedCertificateNotFound(name);
  }
  return record;
}
