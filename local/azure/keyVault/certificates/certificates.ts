import { randomBytes, randomUUID, X509Certificate } from "node:crypto";
import type { Cloud } from "../../cloud";
import { pkcs12 } from "../../x509/pkcs12";
import { fromPkcs8, kindOf } from "../keys/keyMaterial";
import { VaultKeys } from "../keys/keys";
import { VaultSecrets } from "../secrets";
import { VaultObjects, withoutUndefined } from "../vaultObjects";
import type { VaultRecord } from "../vaultRecord";
import { pemType, type CertificatePolicy, type PolicyKey } from "./certificatePolicy";
import type { CertificateOperation, CertificateRecord, CertificateVersion } from "./certificateRecord";
import { issueSelfSigned } from "./issueCertificate";
import type { KeyedCertificate } from "./keyedCertificate";
import { certificatePem, keyPem } from "./pem";
import { newestVersion } from "../versions";

/** What a caller may say of a version besides what is in the certificate. Left out means: as it was. */
export interface CertificateChange {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
}

/** The certificates of one vault, live and soft-deleted, each with the key and the secret of the same name. */
export class VaultCertificates extends VaultObjects<CertificateRecord> {
  private readonly secrets: VaultSecrets;
  private readonly keys: VaultKeys;

  constructor(cloud: Cloud, vault: VaultRecord) {
    super(cloud, vault, "certificates");
    this.secrets = new VaultSecrets(cloud, vault);
    this.keys = new VaultKeys(cloud, vault);
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
    const { enabled } = changed;
    const secret = this.secrets.live(record.name);
    const inSecret = secret?.versions.find((each) => each.version === version.version);
    if (secret && inSecret) this.secrets.change(secret, inSecret, { enabled });
    const key = this.keys.live(record.name);
    const inKey = key?.versions.find((each) => each.version === version.version);
    if (key && inKey) this.keys.change(key, inKey, { enabled });
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

  override delete(record: CertificateRecord): CertificateRecord {
    const secret = this.secrets.live(record.name);
    if (secret) this.secrets.delete(secret);
    const key = this.keys.live(record.name);
    if (key) this.keys.delete(key);
    return super.delete(record);
  }

  override recover(record: CertificateRecord): CertificateRecord {
    const secret = this.secrets.deleted(record.name);
    if (secret) this.secrets.recover(secret);
    const key = this.keys.deleted(record.name);
    if (key) this.keys.recover(key);
    return super.recover(record);
  }

  override purge(record: CertificateRecord): void {
    const { name } = record;
    const secret = this.secrets.deleted(name) ?? this.secrets.live(name);
    if (secret) this.secrets.purge(secret);
    const key = this.keys.deleted(name) ?? this.keys.live(name);
    if (key) this.keys.purge(key);
    super.purge(record);
  }

  private add(
    name: string,
    policy: CertificatePolicy,
    keyed: KeyedCertificate,
    change: CertificateChange,
    operation: CertificateOperation | undefined,
  ): CertificateRecord {
    const existing = this.live(name);
    const now = this.seconds();
    const { certificate, privateKey } = keyed;
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
    this.keep(record, version, keyed);
    return record;
  }

  /** Puts key and certificate where clients read them: the key and the secret of the same name and version. */
  private keep(
    { name, policy }: CertificateRecord,
    { version, enabled, notBefore, expires, tags }: CertificateVersion,
    { certificate, privateKey, issuers = [] }: KeyedCertificate,
  ): void {
    const { contentType } = policy.secret_props;
    const exported = policy.key_props.exportable ? privateKey : undefined;
    const value =
      contentType === pemType
        ? [...(exported ? [keyPem(exported)] : []), ...[certificate, ...issuers].map(certificatePem)].join("")
        : pkcs12(certificate, exported, issuers).toString("base64");
    const description = { enabled, notBefore, expires, ...(tags && { tags }) };
    this.secrets.setManaged(name, { version, value, contentType, ...description });
    const key = fromPkcs8(privateKey);
    const kind = kindOf(key);
    if (kind) this.keys.addManaged(name, version, kind, key, description);
  }

  /** PKCS #8 of the newest version's key, where it is of the kind that a policy asks for. */
  private keyOf(name: string, { key_props }: CertificatePolicy): Buffer | undefined {
    const record = this.live(name);
    if (record === undefined || wordOf(record.policy.key_props) !== wordOf(key_props)) return undefined;
    return Buffer.from(this.cloud.stateKey.unseal(newestVersion(record).sealedKey), "base64");
  }
}

const wordOf = (key: PolicyKey): string => (key.kty === "RSA" ? `RSA ${key.key_size}` : `EC ${key.crv}`);

const seconds = (date: string): number => Math.floor(new Date(date).getTime() / 1000);
