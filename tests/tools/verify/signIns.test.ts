import { createPrivateKey } from "node:crypto";
import type { Credential } from "../../../tools/verify/credential";
import { failureOf } from "../../../tools/verify/failure";
import { proofIn } from "../../../tools/verify/signIn/certificate";
import { signInsOf } from "../../../tools/verify/signIn/signIns";
import { issueCertificate, type TestCertificate } from "../../support/certificates";
import { credential } from "./fixtures";

const hex = (base64url: string): string => Buffer.from(base64url, "base64url").toString("hex");
const secretUri = "https://kv-daemons.vault.azure.net/secrets/forecast-loader-certificate";

let own: TestCertificate;
let hidden: string[];
beforeAll(async () => {
  own = await issueCertificate({ notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" });
});
beforeEach(() => {
  hidden = [];
});

const hide = (secret: string): void => void hidden.push(secret);
const certificate = (thumbprint = hex(own.sha1)) => ({
  secretUri,
  thumbprint,
  notBefore: "2026-01-01T00:00:00Z",
  expiresOn: "2027-01-01T00:00:00Z",
});
const waysOf = (given: Credential) =>
  signInsOf(given, { readSecret: () => Promise.reject(new Error("no vault")), hide, env: {} });

describe("the ways in which a daemon signs in", () => {
  it("are all that the credential has, the secret first", () => {
    const federated = [
      { issuer: "https://issuer.example", subject: "workload", audience: "api://AzureADTokenExchange" },
    ];
    expect(waysOf({ ...credential, certificate: certificate(), federated }).map(({ how }) => how)).toEqual([
      undefined,
      "with its certificate",
      "with its federated credential",
    ]);
    const { clientSecret, ...bare } = credential;
    expect(clientSecret).toBeDefined();
    expect(waysOf({ ...bare, version: 2, managedIdentity: { resourceId: "/id" } }).map(({ how }) => how)).toEqual([
      "as a managed identity",
    ]);
  });
});

describe("a certificate from the vault", () => {
  const kept = () => `${own.privateKeyPem}\n${own.pem}\n`;

  it("gives MSAL its private key and its thumbprint, and the key is hidden", () => {
    const proof = proofIn(kept(), certificate(), hide).clientCertificate;
    expect(proof?.thumbprintSha256).toBe(hex(own.sha256));
    const sameKey = createPrivateKey(proof?.privateKey ?? "").equals(createPrivateKey(own.privateKeyPem));
    expect(sameKey).toBe(true);
    expect(hidden).toContain(proof?.privateKey);
  });

  it("is refused where it is another one than the credential tells of", () => {
    const other = "0123456789abcdef0123456789abcdef01234567";
    expect(() => proofIn(kept(), certificate(other), hide)).toThrow(
      `${secretUri} holds the certificate ${hex(own.sha1)}, and the credential names ${other}.`,
    );
  });

  it.each([
    ["no private key", () => own.pem, "holds no private key and certificate in PEM."],
    ["PKCS #12", () => "MIIKcQIBAzCCCi0GCSqGSIb3", "holds no private key and certificate in PEM."],
    [
      "a key that is broken",
      () => `-----BEGIN PRIVATE KEY-----\nTUlJRXZR\n-----END PRIVATE KEY-----\n${own.pem}`,
      "holds a private key or certificate that cannot be read.",
    ],
  ])("is refused with %s, in words that show nothing of it", (_, text, told) => {
    let failure = { code: "", message: "" };
    try {
      proofIn(text(), certificate(), hide);
    } catch (error) {
      failure = failureOf(error);
    }
    expect(failure).toEqual({ code: "CertificateUnreadable", message: `${secretUri} ${told}` });
  });
});
