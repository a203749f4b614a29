import { randomBytes, randomUUID, X509Certificate } from "node:crypto";
import type { Cloud } from "../../cloud";
import type { Collection } from "../../store/store";
import { pkcs12 } from "../../x509/pkcs12";
import { VaultSecrets } from "../secrets";
import type { VaultRecord } from "../vaultRecord";
import { pemType, type CertificatePolicy, type PolicyKey } from "./certificatePolicy";
import {
  latestCertificate,
  type CertificateOperation,
  type CertificateRecord,
  type CertificateVersion,
} from "./certificateRecord";
import { issueSelfSigned } from "./issueCertificate";
import { certificatePem, keyPem } from "./pem";

const daySeconds = 24 * 60 * 60;

/** What a caller may say of a version besides what is in the certificate. Left out means: as it was. */
export interface CertificateChange {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
}

/** A certificate and its key, in DER. */
export interface KeyedCertificate {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
}

/** The certificates of one vault, live and soft-deleted, each with the secret that holds its private key. */
export class VaultCertificates {
  private readonly records: Collection<CertificateRecord>;
  private readonly secrets: VaultSecrets;

  constructor(
    private readonly cloud: Cloud,
    private readonly vault: VaultRecord,
  ) {
    this.records = cloud.store.collection<CertificateRecord>(`certificates:${vault.name.toLowerCase()}`);
    this.secrets = new VaultSecrets(cloud, vault);
  }

  live(name: string): CertificateRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? record : undefined;
  }

  deleted(name: string): CertificateRecord | undefined {
    const record = this.find(name);
    return record?.deletion === undefined ? undefined : record;
  }

  allLive(): CertificateRecord[] {
    return this.sorted().filter(({ deletion }) => deletion === undefined);
  }

  allDeleted(): CertificateRecord[] {
    return this.sorted().filter(({ name }) => this.deleted(name) !== undefined);
  }

  /** Makes a version, and the certificate where it is new. */
  async create(name: string, policy: CertificatePolicy, change: CertificateChange): Promise<CertificateRecord> {
    const reused = policy.key_props.reuse_key ? this.keyOf(name, policy) : undefined;
    const issued = await issueSelfSigned(policy, this.cloud.clock.now(), reused);
    const operation = { requestId: randomUUID().replaceAll("-", ""), csr: issued.csr.toString("base64") };
    return this.add(name, policy, issued, change, operation);
  }

  import(
    name: string,
    policy: CertificatePolicy,
    keyed: KeyedCertificate,
    change: CertificateChange,
  ): CertificateRecord {
    return this.add(name, policy, keyed, change, undefined);
  }

  change(record: CertificateRecord, version: CertificateVersion, change: CertificateChange): CertificateVersion {
    const changed = { ...version, ...withoutUndefined(change), updated: this.seconds() };
    const versions = record.versions.map((each) => (each.version === version.version ? changed : each));
    this.save({ ...record, versions: versions as unknown as CertificateRecord["versions"] });
    const secret = this.secrets.live(record.name);
    const backing = secret?.versions.find((each) => each.version === version.version);
    if (secret && backing) this.secrets.change(secret, backing, { enabled: changed.enabled });
    return changed;
  }

  changePolicy(record: CertificateRecord, policy: CertificatePolicy): CertificateRecord {
    const changed = { ...record, policy, policyDates: { ...record.policyDates, updated: this.seconds() } };
    this.save(changed);
    return changed;
  }

  forgetOperation({ name, policy, policyDates, versions }: CertificateRecord): void {
    this.save({ name, policy, policyDates, versions });
  }

  delete(record: CertificateRecord): CertificateRecord {
    const date = this.seconds();
    const retention = this.vault.properties.softDeleteRetentionInDays * daySeconds;
    const deleted = { ...record, deletion: { date, scheduledPurge: date + retention } };
    this.save(deleted);
    const secret = this.secrets.live(record.name);
    if (secret) this.secrets.delete(secret);
    return deleted;
  }

  recover({ name, policy, policyDates, versions, operation }: CertificateRecord): CertificateRecord {
    const record = { name, policy, policyDates, versions, ...(operation && { operation }) };
    this.save(record);
    const secret = this.secrets.deleted(record.name);
    if (secret) this.secrets.recover(secret);
    return record;
  }

  purge({ name }: CertificateRecord): void {
    this.records.delete(name.toLowerCase());
    const secret = this.secrets.deleted(name) ?? this.secrets.live(name);
    if (secret) this.secrets.purge(secret);
  }

  removeAll(): void {
    for (const record of [...this.records.values()]) this.purge(record);
  }

  private add(
    name: string,
    policy: CertificatePolicy,
    { certificate, privateKey }: KeyedCertificate,
    change: CertificateChange,
    operation: CertificateOperation | undefined,
  ): CertificateRecord {
    const existing = this.live(name);
    const now = this.seconds();
    const { validFrom, validTo } = new X509Certificate(certificate);
    const version: CertificateVersion = {
      version: randomBytes(16).toString("hex"),
      cer: certificate.toString("base64"),
      sealedKey: this.cloud.stateKey.seal(privateKey.toString("base64")),
      enabled: true,
      ...withoutUndefined(change),
      notBefore: seconds(validFrom),
      expires: seconds(validTo),
      created: now,
      updated: now,
    };
    const record: CertificateRecord = {
      name: existing?.name ?? name,
      policy,
      policyDates: { created: existing?.policyDates.created ?? now, updated: now },
      versions: existing === undefined ? [version] : [...existing.versions, version],
      ...(operation && { operation }),
    };
    this.save(record);
    this.keep(record, version, certificate, policy.key_props.exportable ? privateKey : undefined);
    return record;
  }

  /** Puts key and certificate where clients read them: the secret of the same name and version. */
  private keep(
    { name, policy }: CertificateRecord,
    version: CertificateVersion,
    certificate: Buffer,
    privateKey: Buffer | undefined,
  ): void {
    const { contentType } = policy.secret_props;
    const value =
      contentType === pemType
        ? `${privateKey === undefined ? "" : keyPem(privateKey)}${certificatePem(certificate)}`
        : pkcs12(certificate, privateKey).toString("base64");
    this.secrets.setManaged(name, {
      version: version.version,
      value,
      contentType,
      enabled: version.enabled,
      notBefore: version.notBefore,
      expires: version.expires,
      ...(version.tags && { tags: version.tags }),
    });
  }

  /** PKCS #8 of the newest version's key, where it is of the kind that a policy asks for. */
  private keyOf(name: string, { key_props }: CertificatePolicy): Buffer | undefined {
    const record = this.live(name);
    if (record === undefined || kindOf(record.policy.key_props) !== kindOf(key_props)) return undefined;
    return Buffer.from(this.cloud.stateKey.unseal(latestCertificate(record).sealedKey), "base64");
  }

  private find(name: string): CertificateRecord | undefined {
    const record = this.records.get(name.toLowerCase());
    if (record?.deletion !== undefined && record.deletion.scheduledPurge <= this.seconds()) {
      this.purge(record);
      return undefined;
    }
    return record;
  }

  private save(record: CertificateRecord): void {
    this.records.set(record.name.toLowerCase(), record);
  }

  private sorted(): CertificateRecord[] {
    return [...this.records.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  }

  private seconds(): number {
    return Math.floor(this.cloud.clock.now().getTime() / 1000);
  }
}

const kindOf = (key: PolicyKey): string => (key.kty === "RSA" ? `RSA ${key.key_size}` : `EC ${key.crv}`);

const seconds = (date: string): number => Math.floor(new Date(date).getTime() / 1000);

/** What a change leaves out stays as it was. */
function withoutUndefined(change: CertificateChange): Partial<CertificateVersion> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
