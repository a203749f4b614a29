import { X509Certificate } from "node:crypto";
import { recoveryLevel, type VaultRecord } from "../vaultRecord";
import type { CertificateRecord, CertificateVersion } from "./certificateRecord";
import { newestVersion } from "../versions";

/** Certificates as the data plane shows them. */
export class CertificateBundles {
  constructor(private readonly vault: VaultRecord) {}

  /** One version, with the policy where it is the newest that was asked for. */
  full(record: CertificateRecord, version: CertificateVersion): object {
    const id = (collection: string): string => `${this.base(collection, record)}/${version.version}`;
    return {
      id: id("certificates"),
      kid: id("keys"),
      sid: id("secrets"),
      x5t: thumbprint(version),
      cer: version.cer,
      attributes: this.attributes(version),
      ...(version.tags && { tags: version.tags }),
      policy: this.policy(record),
      pending: { id: `${this.base("certificates", record)}/pending` },
    };
  }

  policy(record: CertificateRecord): object {
    const { policy, policyDates } = record;
    return {
      id: `${this.base("certificates", record)}/policy`,
      ...policy,
      attributes: { enabled: true, ...policyDates },
    };
  }

  operation(record: CertificateRecord, requestId: string, csr: string, ended: boolean): object {
    return {
      id: `${this.base("certificates", record)}/pending`,
      issuer: record.policy.issuer,
      csr,
      cancellation_requested: false,
      status: ended ? "completed" : "inProgress",
      ...(ended
        ? { target: this.base("certificates", record) }
        : {
            status_details:
              "Pending certificate created. Certificate request is in progress. This may take some time based on the issuer provider. Please check again later.",
          }),
      request_id: requestId,
    };
  }

  /** An entry of the list of certificates: the newest version under the certificate's own ID. */
  listed(record: CertificateRecord): object {
    return this.item(this.base("certificates", record), newestVersion(record));
  }

  listedVersion(record: CertificateRecord, version: CertificateVersion): object {
    return this.item(`${this.base("certificates", record)}/${version.version}`, version);
  }

  deleted(record: CertificateRecord): object {
    return { ...this.deletion(record), ...this.full(record, newestVersion(record)) };
  }

  listedDeleted(record: CertificateRecord): object {
    return { ...this.deletion(record), ...this.listed(record) };
  }

  private item(id: string, version: CertificateVersion): object {
    const { tags } = version;
    return { id, x5t: thumbprint(version), attributes: this.attributes(version), ...(tags && { tags }), subject: "" };
  }

  private deletion(record: CertificateRecord): object {
    return {
      recoveryId: this.base("deletedcertificates", record),
      deletedDate: record.deletion?.date,
      scheduledPurgeDate: record.deletion?.scheduledPurge,
    };
  }

  private attributes({ enabled, notBefore, expires, created, updated }: CertificateVersion): object {
    return {
      enabled,
      nbf: notBefore,
      exp: expires,
      created,
      updated,
      recoveryLevel: recoveryLevel(this.vault),
      recoverableDays: this.vault.properties.softDeleteRetentionInDays,
    };
  }

  private base(collection: string, { name }: CertificateRecord): string {
    return `https://${this.vault.name.toLowerCase()}.vault.azure.net/${collection}/${name}`;
  }
}

/** SHA-1, base64url. */
const thumbprint = ({ cer }: CertificateVersion): string =>
  Buffer.from(new X509Certificate(Buffer.from(cer, "base64")).fingerprint.replaceAll(":", ""), "hex").toString(
    "base64url",
  );
