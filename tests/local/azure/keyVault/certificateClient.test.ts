import { X509Certificate, createPrivateKey } from "node:crypto";
import { CertificateClient, type CertificatePolicy } from "@azure/keyvault-certificates";
import { SecretClient } from "@azure/keyvault-secrets";
import type { IdentityName } from "../../../../local/azure/landingZone/layout";
import { SdkClients } from "../../../support/sdkClient";
import { issueCertificate } from "../../../support/certificates";
import { VaultScenario } from "./vaultScenario";

let scenario: VaultScenario;
let sdk: SdkClients;
beforeAll(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault("kv-certs");
  scenario.grant("consumer", "secretsUser", `${scenario.vaultId("kv-certs")}/secrets/loader`);
  sdk = new SdkClients(scenario.azure);
});
afterAll(async () => {
  sdk.close();
  await scenario.azure.close();
});

const url = "https://kv-certs.vault.azure.net";
const quickly = { intervalInMs: 1 };
const certificates = (identity: IdentityName = "administrator"): CertificateClient =>
  new CertificateClient(url, sdk.credential(identity), sdk.options);
const secrets = (identity: IdentityName): SecretClient => new SecretClient(url, sdk.credential(identity), sdk.options);
const policy: CertificatePolicy = {
  issuerName: "Self",
  subject: "CN=loader",
  contentType: "application/x-pem-file",
  keyType: "RSA",
  keySize: 2048,
  exportable: true,
  validityInMonths: 6,
  lifetimeActions: [{ action: "EmailContacts", daysBeforeExpiry: 30 }],
};

async function made(name: string, change: Partial<CertificatePolicy> = {}) {
  const poller = await certificates().beginCreateCertificate(name, { ...policy, ...change }, quickly);
  return poller.pollUntilDone();
}

describe("Azure's own client for certificates", () => {
  it("makes one whose private key a reader of that secret alone gets, in PEM", async () => {
    const certificate = await made("loader");
    const parsed = new X509Certificate(Buffer.from(certificate.cer ?? []));
    expect(parsed.subject).toBe("CN=loader");
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(certificate.properties.notBefore).toEqual(new Date("2026-03-01T08:50:00Z"));
    expect(certificate.properties.expiresOn).toEqual(new Date("2026-09-01T09:00:00Z"));
    expect(Buffer.from(certificate.properties.x509Thumbprint ?? []).toString("hex")).toBe(
      parsed.fingerprint.replaceAll(":", "").toLowerCase(),
    );
    expect(certificate.policy).toMatchObject({
      issuerName: "Self",
      contentType: "application/x-pem-file",
      keySize: 2048,
      lifetimeActions: [{ action: "EmailContacts", daysBeforeExpiry: 30 }],
    });

    const { value = "", properties } = await secrets("consumer").getSecret("loader");
    expect(parsed.checkPrivateKey(createPrivateKey(value))).toBe(true);
    expect(new X509Certificate(value.slice(value.indexOf("-----BEGIN CERT"))).fingerprint).toBe(parsed.fingerprint);
    expect(properties).toMatchObject({
      contentType: "application/x-pem-file",
      managed: true,
      certificateKeyId: certificate.keyId,
      version: certificate.properties.version,
      expiresOn: certificate.properties.expiresOn,
    });
    await expect(secrets("administrator").getSecret("loader")).rejects.toMatchObject({ statusCode: 403 });
    await expect(certificates("stranger").getCertificate("loader")).rejects.toMatchObject({ statusCode: 403 });
  });

  it("takes it through its whole life, its secret with it", async () => {
    const client = certificates();
    const first = await made("life");
    const second = await made("life");
    expect(second.properties.version).not.toBe(first.properties.version);
    const firstVersion = first.properties.version ?? "";
    expect((await client.getCertificateVersion("life", firstVersion)).cer).toEqual(first.cer);
    const updated = await client.updateCertificateProperties("life", firstVersion, {
      enabled: false,
      tags: { a: "1" },
    });
    expect(updated.properties).toMatchObject({ enabled: false, tags: { a: "1" } });
    await expect(secrets("deployer").getSecret("life", { version: firstVersion })).rejects.toMatchObject({
      statusCode: 403,
    });
    const versions: (boolean | undefined)[] = [];
    for await (const { enabled } of client.listPropertiesOfCertificateVersions("life")) versions.push(enabled);
    expect(versions).toEqual([false, true]);
    await client.updateCertificatePolicy("life", { ...policy, validityInMonths: 3 });
    expect((await client.getCertificatePolicy("life")).validityInMonths).toBe(3);

    await (await client.beginDeleteCertificate("life", quickly)).pollUntilDone();
    await expect(client.getCertificate("life")).rejects.toMatchObject({ statusCode: 404, code: "CertificateNotFound" });
    await expect(secrets("deployer").getSecret("life")).rejects.toMatchObject({ statusCode: 404 });
    await expect(made("life")).rejects.toMatchObject({ statusCode: 409 });
    await (await client.beginRecoverDeletedCertificate("life", quickly)).pollUntilDone();
    expect((await secrets("deployer").getSecret("life")).properties.version).toBe(second.properties.version);

    await (await client.beginDeleteCertificate("life", quickly)).pollUntilDone();
    await client.purgeDeletedCertificate("life");
    await expect(client.getDeletedCertificate("life")).rejects.toMatchObject({ statusCode: 404 });
    expect((await made("life")).name).toBe("life");
  });

  it("keeps the private key where the policy says so, and makes a new one where not", async () => {
    const keyOf = async (name: string, change: Partial<CertificatePolicy>): Promise<string> =>
      new X509Certificate(Buffer.from((await made(name, change)).cer ?? [])).publicKey
        .export({ format: "pem", type: "spki" })
        .toString();
    expect(await keyOf("reused", {})).not.toBe(await keyOf("reused", {}));
    const before = await keyOf("reused", {});
    expect(await keyOf("reused", { reuseKey: true })).toBe(before);
    expect(await keyOf("reused", { reuseKey: true, keyType: "EC", keyCurveName: "P-256" })).not.toBe(before);
  });

  it("keeps its secret out of the hands of whoever may write secrets", async () => {
    await made("managed");
    const managed = { statusCode: 403, details: { error: { innerError: { code: "SecretManagedByKeyVault" } } } };
    const client = secrets("deployer");
    await expect(client.setSecret("managed", "mine")).rejects.toMatchObject(managed);
    await expect(client.beginDeleteSecret("managed")).rejects.toMatchObject(managed);
    await expect(client.updateSecretProperties("managed", "", { enabled: false })).rejects.toMatchObject(managed);
  });

  it("takes a name that no plain secret has", async () => {
    await secrets("deployer").setSecret("plain", "value");
    await expect(made("plain")).rejects.toMatchObject({ statusCode: 409 });
  });

  it("imports a private key and certificate in PEM", async () => {
    const own = await issueCertificate({ notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" });
    const pem = Buffer.from(`${own.privateKeyPem}\n${own.pem}\n`);
    const imported = await certificates().importCertificate("imported", pem, {
      policy: { contentType: "application/x-pem-file", issuerName: "Self", subject: "CN=loader" },
    });
    expect(Buffer.from(imported.properties.x509Thumbprint ?? []).toString("base64url")).toBe(own.sha1);
    expect(imported.properties.expiresOn).toEqual(new Date("2027-01-01T00:00:00Z"));
  });

  it.each([
    ["another issuer", { issuerName: "DigiCert" }, 501, "does not support the issuer DigiCert"],
    [
      "a short key",
      { keySize: 1024 },
      400,
      "policy.key_props.key_size has invalid value 1024; it takes 2048, 3072, 4096.",
    ],
    ["hardware", { keyType: "RSA-HSM" }, 501, "does not support keys of the type RSA-HSM"],
    ["no subject", { subject: "" }, 400, "needs a subject"],
  ] as const)("is told that there is no %s", async (_, change, statusCode, message) => {
    await expect(made("refused", change as Partial<CertificatePolicy>)).rejects.toMatchObject({
      statusCode,
      message: expect.stringContaining(message) as unknown,
    });
  });

  it("lists certificates, and none to whoever has no role", async () => {
    const names: string[] = [];
    for await (const { name } of certificates().listPropertiesOfCertificates()) names.push(name ?? "");
    expect(names).toContain("loader");
    await expect(certificates("stranger").listPropertiesOfCertificates().next()).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it("survives a restart of local Azure", async () => {
    const before = await made("kept");
    sdk.close();
    await scenario.azure.restart();
    sdk = new SdkClients(scenario.azure);
    expect((await certificates().getCertificate("kept")).cer).toEqual(before.cer);
  });
});
