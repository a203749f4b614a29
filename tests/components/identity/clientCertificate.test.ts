import { ClientCertificate, type ClientCertificateArgs, CredentialExport } from "../../../components/index";
import { azure, GROUP_ID, guidOf, TENANT_ID } from "../../support/azureMocks";
import { issueCertificate, type TestCertificate } from "../../support/certificates";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const application = { applicationId: "/applications/4be1c5a0-9d37-4f62-8a1b-6c7d8e9f0a1b" };
const CERTIFICATE = "azuread:index/applicationCertificate:ApplicationCertificate";
const asOf = "2030-05-15T00:00:00Z";
const uriOf = (name: string): string => `https://kv-forecasts.vault.azure.net/secrets/loader-${name}`;

/** One that has ended, one that ends soon, the one that came last, and one whose time is yet to come. */
let ended: TestCertificate;
let older: TestCertificate;
let newer: TestCertificate;
let later: TestCertificate;

beforeAll(async () => {
  [ended, older, newer, later] = await Promise.all([
    issueCertificate({ notBefore: "2029-06-01T00:00:00Z", notAfter: "2030-01-01T00:00:00Z" }),
    issueCertificate({ notBefore: "2029-12-01T00:00:00Z", notAfter: "2030-06-01T00:00:00Z" }),
    issueCertificate({ notBefore: "2030-05-01T00:00:00Z", notAfter: "2030-11-01T00:00:00Z" }),
    issueCertificate({ notBefore: "2030-06-01T00:00:00Z", notAfter: "2030-12-01T00:00:00Z" }),
  ]);
});

const certificate = (name: string, { pem }: TestCertificate) => ({ name, pem, secretUri: uriOf(name) });
const argsOf = (...certificates: ClientCertificateArgs["certificates"]): ClientCertificateArgs => ({
  application,
  certificates,
  asOf,
});
const hex = (base64url: string): string => Buffer.from(base64url, "base64url").toString("hex");
const declared = (args: ClientCertificateArgs) => record(azure, () => new ClientCertificate("loader", args));

describe("a client certificate", () => {
  it("is the public certificate of the application, with the dates that it has itself", async () => {
    const run = await declared(argsOf(certificate("2030-05", newer)));
    expect(run.resource("loader-certificate-2030-05")).toEqual({
      type: CERTIFICATE,
      name: "loader-certificate-2030-05",
      parent: "loader",
      inputs: {
        applicationId: application.applicationId,
        type: "AsymmetricX509Cert",
        encoding: "pem",
        // The provider's SDK marks it, though it is public.
        value: { secret: `${newer.pem.trim()}\n` },
        startDate: "2030-05-01T00:00:00Z",
        endDate: "2030-11-01T00:00:00Z",
      },
      dependsOn: [],
      deletedWith: undefined,
    });
  });

  it("is the same however its text is set", async () => {
    const set = `\n\n${newer.pem.replaceAll("\n", "\r\n")}\n\n`;
    const [plain, other] = [
      await declared(argsOf(certificate("one", newer))),
      await declared(argsOf({ ...certificate("one", newer), pem: set })),
    ];
    expect(other.resource("loader-certificate-one").inputs).toEqual(plain.resource("loader-certificate-one").inputs);
  });

  it("stays beside the new one, written one after the other, and goes when it has ended", async () => {
    const run = await declared(
      argsOf(certificate("new", newer), certificate("ended", ended), certificate("old", older)),
    );
    expect(run.names(CERTIFICATE)).toEqual(["loader-certificate-old", "loader-certificate-new"]);
    expect(run.resource("loader-certificate-new").dependsOn).toEqual(["loader-certificate-old"]);
  });

  it("hands out the one that came last, and the thumbprints of all", async () => {
    const { outputs } = await record(azure, () => {
      const args = argsOf(certificate("new", newer), certificate("old", older), certificate("next", later));
      const { secretUri, thumbprint, x5t, thumbprintSha256, notBefore, expiresOn, thumbprints } = new ClientCertificate(
        "loader",
        args,
      );
      return { secretUri, thumbprint, x5t, thumbprintSha256, notBefore, expiresOn, thumbprints };
    });
    expect(outputs).toEqual({
      secretUri: uriOf("new"),
      thumbprint: hex(newer.sha1),
      x5t: newer.sha1,
      thumbprintSha256: hex(newer.sha256),
      notBefore: "2030-05-01T00:00:00Z",
      expiresOn: "2030-11-01T00:00:00Z",
      thumbprints: { old: hex(older.sha1), new: hex(newer.sha1), next: hex(later.sha1) },
    });
  });

  it("lets readers of the credential read the private keys of all that are in use", async () => {
    const run = await record(azure, () => {
      const own = new ClientCertificate("loader", argsOf(certificate("new", newer), certificate("old", older)));
      new CredentialExport("loader", {
        daemon: "loader",
        vault: {
          vaultId: `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasts`,
          vaultName: "kv-forecasts",
          vaultUri: "https://kv-forecasts.vault.azure.net/",
          resourceGroupName: "rg-daemons",
        },
        principal: { clientId: guidOf("client"), objectId: guidOf("principal"), tenantId: TENANT_ID },
        certificate: own,
        readers: [{ objectId: guidOf("reader") }],
      });
    });
    const scopes = run.resources.flatMap(({ inputs: { scope } }) => (typeof scope === "string" ? [scope] : []));
    expect(scopes.map((scope) => scope.split("/").at(-1)).sort()).toEqual([
      "loader-credential",
      "loader-new",
      "loader-old",
    ]);
    expect(run.names("azure-native:authorization:RoleAssignment")).toContain(
      `loader-private-key-loader-new-reader-${guidOf("reader")}`,
    );
  });

  it("is refused with every problem at once, and nothing of the text", async () => {
    const [short, sha1, ecdsa, far] = await Promise.all([
      issueCertificate({ notBefore: "2030-05-01T00:00:00Z", notAfter: "2030-11-01T00:00:00Z" }, "shortRsa"),
      issueCertificate({ notBefore: "2030-05-01T00:00:00Z", notAfter: "2030-11-01T00:00:00Z" }, "sha1"),
      issueCertificate({ notBefore: "2030-05-01T00:00:00Z", notAfter: "2030-11-01T00:00:00Z" }, "ecdsa"),
      issueCertificate({ notBefore: "2030-09-01T00:00:00Z", notAfter: "2031-01-01T00:00:00Z" }),
    ]);
    const args = argsOf(
      { ...certificate("with-key", newer), pem: `${newer.privateKeyPem}\n${newer.pem}` },
      { ...certificate("chain", newer), pem: `${newer.pem}\n${older.pem}` },
      { ...certificate("none", newer), pem: "MIIC".repeat(100) },
      certificate("short", short),
      certificate("sha1", sha1),
      certificate("ecdsa", ecdsa),
      certificate("far", far),
      certificate("2030-05", newer),
      certificate("again", newer),
      { ...certificate("2030_05", older), secretUri: `${uriOf("x")}/0a1b` },
      certificate("again", older),
    );
    const problems = await problemsOf(() => new ClientCertificate("loader", args));
    expect(problems).toEqual([
      "certificates[0].pem: got a private key; needed the public certificate alone, without its private key. Remove the private key, and give the daemon a new certificate: anyone who saw this text can sign in with the old one.",
      "certificates[1].pem: got a certificate in PEM; needed one certificate, not a chain. Leave the daemon's own, and remove those of its issuers.",
      "certificates[2].pem: got an encoded text of 400 characters; needed a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. Make one with `npx daemon-access credentials certificate`.",
      "certificates[3].pem: got a certificate in PEM; needed a certificate with an RSA key of 2048 bits or more, which is what MSAL and Azure Identity sign with; this one has 1024 bits. Make a new certificate.",
      "certificates[4].pem: got a certificate in PEM; needed a certificate signed with SHA-256 or better; this one is signed with SHA-1. Make a new certificate.",
      "certificates[5].pem: got a certificate in PEM; needed a certificate with an RSA key of 2048 bits or more, which is what MSAL and Azure Identity sign with; this one has ec. Make a new certificate.",
      "certificates[6].pem: got a certificate in PEM; needed a certificate that starts within 90 days; this one starts on 2030-09-01T00:00:00Z. Add it when its time has come.",
      'certificates[9].name: got "2030_05"; needed a certificate\'s name: 1 to 64 lowercase letters, digits and single hyphens, no hyphen first or last. Write, for example, "2027-01".',
      `certificates[9].secretUri: got "${uriOf("x")}/0a1b"; needed the URI of a Key Vault secret without a version. Write, for example, "https://kv-daemons.vault.azure.net/secrets/forecast-loader-credential".`,
      'certificates[10].name: got "again"; needed a name that no other certificate has. certificates[8] has it already.',
      "certificates[8].pem: got a certificate in PEM; needed each certificate once. It is certificates[7] too; remove one of them.",
      "certificates[10].pem: got a certificate in PEM; needed each certificate once. It is certificates[9] too; remove one of them.",
    ]);
    expect(problems.join("\n")).not.toContain(newer.privateKeyPem.slice(40, 60));
  });

  it("is refused where all have ended, or none has begun", async () => {
    expect(await problemsOf(() => new ClientCertificate("loader", argsOf(certificate("ended", ended))))).toEqual([
      "certificates: got a list; needed a certificate that is valid on 2030-05-15T00:00:00Z, which is when this runs; the last one is from 2029-06-01T00:00:00Z to 2030-01-01T00:00:00Z. Make a new one with `npx daemon-access credentials certificate`.",
    ]);
    expect(await problemsOf(() => new ClientCertificate("loader", argsOf(certificate("later", later))))).toEqual([
      expect.stringContaining("the last one is from 2030-06-01T00:00:00Z to 2030-12-01T00:00:00Z"),
    ]);
  });

  it("is refused without a certificate, and with a moment that is none", async () => {
    expect(
      await problemsOf(() => new ClientCertificate("loader", { application, certificates: [], asOf: "now" })),
    ).toEqual([
      'asOf: got "now"; needed a date and time with its zone, as RFC 3339 writes it. Write, for example, "2027-01-31T00:00:00Z".',
      "certificates: got nothing; needed one certificate or more. Make one with `npx daemon-access credentials certificate`.",
    ]);
  });
});
