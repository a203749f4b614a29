import type { Router } from "../../http/router";
import { certificateActions } from "../dataAccess";
import { addDeletedObjectRoutes } from "../deletedObjectRoutes";
import { deletedCertificateNotFound } from "../errors";
import type { VaultContext } from "../vaultContext";
import { newestVersion } from "../versions";
import type { CertificateRecord } from "./certificateRecord";

/** The calls on soft-deleted certificates. Their secrets go and come back with them. */
export function addDeletedCertificateRoutes(router: Router<VaultContext>): void {
  addDeletedObjectRoutes<CertificateRecord>(router, {
    path: "deletedcertificates",
    actions: certificateActions,
    objects: ({ certificates }) => certificates,
    notFound: deletedCertificateNotFound,
    listed: ({ certificateBundles }, certificate) => certificateBundles.listedDeleted(certificate),
    deleted: ({ certificateBundles }, certificate) => certificateBundles.deleted(certificate),
    recovered: ({ certificateBundles }, certificate) =>
      certificateBundles.full(certificate, newestVersion(certificate)),
  });
}
