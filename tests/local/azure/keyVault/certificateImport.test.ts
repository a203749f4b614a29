import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { CertificateClient } from "@azure/keyvault-certificates";
import { SecretClient } from "@azure/keyvault-secrets";
import { SdkClients } from "../../../support/sdkClient";
import { issueCertificate, type TestCertificate } from "../../../support/certificates";
import { codeOf, VaultScenario, errorOf, type Answer } from "./vaultScenario";

const dates = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" };
const vault = "kv-import";
const pemPolicy = { secret_props: { contentType: "application/x-pem-file" } };
const base64 = (content: string | Buffer): string => Buffer.from(content).toString("base64");

let scenario: VaultScenario;
let sdk: SdkClients;
let directory: string;
let rsa: TestCertificate;
let ec: TestCertificate;

beforeAll(async () => {
  scenario = await VaultScenario.open();
  await scenario.makeVault(vault);
  scenario.grant("administrator", "administrator", scenario.vaultId(vault));
  sdk = new SdkClients(scenario.azure);
  directory = mkdtempSync(join(tmpdir(), "pfx-"));
  [rsa, ec] = await Promise.all([issueCertificate(dates), issueCertificate(dates, "ecdsa")]);
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  sdk.close();
  await scenario.azure.close();
});

const pemOf = ({ privateKeyPem, pem }: TestCertificate): string => `${privateKeyPem}\n${pem}\n`;

/** A PKCS #12 file as OpenSSL writes it. */
function pfx(certificate: TestCertificate, password: string, ...options: readonly string[]): Buffer {
  const file = join(directory, "certificate.pem");
  const made = join(directory, "certificate.pfx");
  writeFileSync(file, pemOf(certificate));
  execFileSync("openssl", ["pkcs12", "-export", "-in", file, "-out", made, "-passout", `pass:${password}`, ...options]);
  return readFileSync(made);
}

const importing = (name: string, body: object): Promise<Answer> =>
  scenario.data("administrator", "POST", vault, `/certificates/${name}/import`, body);

async function secretOf(name: string): Promise<string> {
  const { value = "" } = await new SecretClient(
    `https://${vault}.vault.azure.net`,
    sdk.credential("administrator"),
    sdk.options,
  ).getSecret(name);
  return value;
}

/** Whether the vault's secret of a certificate holds this key. */
const holdsKey = (value: string, key: KeyObject): boolean =>
  createPrivateKey(value)
    .export({ type: "pkcs8", format: "der" })
    .equals(key.export({ type: "pkcs8", format: "der" }));

describe("the import of a certificate", () => {
  it("takes PEM in base64, as the clients of Python and Go and the CLI send it, with the certificates of its issuers", async () => {
    const issuer = await issueCertificate(dates);
    const value = base64(`${pemOf(rsa)}${issuer.pem}\n`);
    const { status, body } = await importing("pem", { value, policy: pemPolicy });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      x5t: rsa.sha1,
      cer: new X509Certificate(rsa.pem).raw.toString("base64"),
      policy: { issuer: { name: "Unknown" }, key_props: { kty: "RSA", key_size: 2048, exportable: true } },
    });
    const secret = await secretOf("pem");
    expect(holdsKey(secret, createPrivateKey(rsa.privateKeyPem))).toBe(true);
    expect(secret.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
  });

  it("takes PEM as it is, as the clients of .NET and Java send it", async () => {
    const { status, body } = await importing("as-it-is", { value: pemOf(ec), policy: pemPolicy });
    expect(status).toBe(200);
    expect(body).toMatchObject({ x5t: ec.sha1, policy: { key_props: { kty: "EC", crv: "P-256" } } });
  });

  it("takes PEM whose key is encrypted, with its password", async () => {
    const encrypted = createPrivateKey(rsa.privateKeyPem).export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "correct horse",
    });
    const value = base64(`${encrypted.toString()}${rsa.pem}\n`);
    const right = await importing("encrypted-pem", { value, pwd: "correct horse", policy: pemPolicy });
    const wrong = await importing("encrypted-pem", { value, pwd: "wrong", policy: pemPolicy });
    expect([right.status, wrong.status]).toEqual([200, 400]);
  });

  it.each([
    ["AES", "rsa", []],
    ["AES, of an EC key", "ec", []],
    ["3DES, as Windows writes it", "rsa", ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"]],
    ["no encryption", "rsa", ["-certpbe", "NONE", "-keypbe", "NONE"]],
  ] as const)("takes a PKCS #12 file with a password: %s", async (what, kind, options) => {
    const certificate = kind === "rsa" ? rsa : ec;
    const name = `pfx-${what.replace(/\W+/g, "-")}`;
    const value = base64(pfx(certificate, "correct horse", ...options));
    const { status, body } = await importing(name, { value, pwd: "correct horse" });
    expect([status, errorOf({ status, body } as Answer)]).toEqual([200, undefined]);
    expect(body).toMatchObject({
      x5t: certificate.sha1,
      policy: { secret_props: { contentType: "application/x-pkcs12" } },
    });
    const kept = Buffer.from(await secretOf(name), "base64");
    expect(() => createSecureContext({ pfx: kept, passphrase: "" })).not.toThrow();
  });

  it("takes what Azure's own client sends, of a file and of a vault's own secret", async () => {
    const client = new CertificateClient(
      `https://${vault}.vault.azure.net`,
      sdk.credential("administrator"),
      sdk.options,
    );
    const first = await client.importCertificate("by-client", pfx(rsa, ""), {});
    const again = await client.importCertificate("by-client-again", Buffer.from(await secretOf("by-client"), "base64"));
    expect(again.cer).toEqual(first.cer);
  });

  it.each([
    [
      "PEM that the policy does not announce",
      () => ({ value: base64(pemOf(rsa)) }),
      "PKCS#12 X.509 certificate content can not be read",
    ],
    [
      "a wrong password",
      () => ({ value: base64(pfx(rsa, "right")), pwd: "wrong" }),
      "PKCS#12 X.509 certificate content can not be read",
    ],
    [
      "a policy that does not name the form",
      () => ({ value: base64(pfx(rsa, "")), policy: { key_props: { exportable: false } } }),
      "Property policy has invalid value",
    ],
    [
      "PEM without its key",
      () => ({ value: base64(rsa.pem), policy: pemPolicy }),
      "missing its private key or its certificate",
    ],
    [
      "a key of another certificate",
      () => ({ value: base64(`${ec.privateKeyPem}\n${rsa.pem}`), policy: pemPolicy }),
      "private key is not that of the certificate",
    ],
  ])("refuses %s as Azure does", async (_what, body, message) => {
    const answer = await importing("refused", body());
    expect(codeOf(answer)).toBe("BadParameter");
    expect(errorOf(answer)).toMatchObject({ message: expect.stringContaining(message) as unknown });
  });
});

describe("a certificate's key", () => {
  it("has the certificate's name and version, signs with its key, and follows it alone", async () => {
    await importing("with-key", { value: base64(pemOf(ec)), policy: pemPolicy });
    const { body } = await scenario.data("administrator", "GET", vault, "/certificates/with-key");
    const { kid = "", sid = "" } = body as { readonly kid?: string; readonly sid?: string };
    const path = new URL(kid).pathname;
    const key = await scenario.data("administrator", "GET", vault, path);
    expect(key.body).toMatchObject({ managed: true, key: { kid, kty: "EC", crv: "P-256" } });
    expect(kid.split("/").at(-1)).toBe(sid.split("/").at(-1));
    const digest = Buffer.alloc(32, 7).toString("base64url");
    const signed = await scenario.data("administrator", "POST", vault, `${path}/sign`, { alg: "ES256", value: digest });
    expect(signed.status).toBe(200);
    for (const [method, at] of [
      ["DELETE", "/keys/with-key"],
      ["POST", "/keys/with-key/rotate"],
    ] as const) {
      expect(errorOf(await scenario.data("administrator", method, vault, at))).toMatchObject({
        innererror: { code: "KeyManagedByKeyVault" },
      });
    }
    await scenario.data("administrator", "DELETE", vault, "/certificates/with-key");
    expect((await scenario.data("administrator", "GET", vault, "/keys/with-key")).status).toBe(404);
    await scenario.data("administrator", "POST", vault, "/deletedcertificates/with-key/recover");
    expect((await scenario.data("administrator", "GET", vault, path)).status).toBe(200);
  });

  it("takes a name that no plain key has", async () => {
    await scenario.data("administrator", "POST", vault, "/keys/plain/create", { kty: "EC" });
    const refused = await importing("plain", { value: base64(pemOf(ec)), policy: pemPolicy });
    expect([refused.status, codeOf(refused)]).toEqual([409, "Conflict"]);
  });
});

describe("issuers and contacts", () => {
  const client = (): CertificateClient =>
    new CertificateClient(`https://${vault}.vault.azure.net`, sdk.credential("administrator"), sdk.options);

  it("are kept for Azure's own client, but for the account's password", async () => {
    const account = { accountId: "contoso", password: "correct horse", organizationId: "42" };
    await client().createIssuer("digicert", "DigiCert", account);
    const off = { attributes: { enabled: false } };
    await scenario.data("administrator", "PATCH", vault, "/certificates/issuers/digicert", off);
    expect(await client().getIssuer("digicert")).toMatchObject({
      provider: "DigiCert",
      accountId: "contoso",
      organizationId: "42",
      enabled: false,
    });
    expect(JSON.stringify(await client().getIssuer("digicert"))).not.toContain("correct horse");
    const listed: (string | undefined)[] = [];
    for await (const { id } of client().listPropertiesOfIssuers()) listed.push(id);
    expect(listed).toEqual([`https://${vault}.vault.azure.net/certificates/issuers/digicert`]);
    await client().deleteIssuer("digicert");
    await expect(client().getIssuer("digicert")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("tell whom to write to", async () => {
    await expect(client().getContacts()).rejects.toMatchObject({ statusCode: 404 });
    await client().setContacts([{ email: "security@contoso.example", name: "Security" }]);
    expect(await client().getContacts()).toMatchObject([{ email: "security@contoso.example", name: "Security" }]);
    await client().deleteContacts();
    await expect(client().getContacts()).rejects.toMatchObject({ statusCode: 404 });
  });

  it("are not for whoever has no role", async () => {
    for (const path of ["/certificates/issuers", "/certificates/contacts"]) {
      expect((await scenario.data("stranger", "GET", vault, path)).status).toBe(403);
    }
  });
});
