import { webcrypto } from "node:crypto";
import { tenant } from "../../../../local/azure/landingZone/layout";
import { issueCertificate, signAssertion, type TestCertificate } from "../../../support/certificates";
import { GraphClient, graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { claimsOf, signIn, type SignInReply } from "../../../support/signIn";

const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const tokenEndpoint = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;
const dates = { notBefore: "2026-02-01T00:00:00Z", notAfter: "2026-06-01T00:00:00Z" };

let azure: LocalAzureForTests;
let graph: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "administrator");
});
afterAll(() => azure.close());

const present = (clientId: string, assertion: string): Promise<SignInReply> =>
  signIn(azure, {
    client_id: clientId,
    client_assertion_type: type,
    client_assertion: assertion,
    scope: graphScope,
  });

describe("signing in with a certificate", () => {
  let certificate: TestCertificate;
  let clientId: string;
  beforeAll(async () => {
    certificate = await issueCertificate(dates);
    const daemon = await graph.createDaemon("with a certificate");
    clientId = daemon.appId;
    const key = Buffer.from(certificate.pem).toString("base64");
    const reply = await graph.patch(`/applications/${daemon.id}`, {
      keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key, endDateTime: "2026-05-01T00:00:00Z" }],
    });
    expect(reply.status).toBe(204);
  });

  const claims = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
    aud: tokenEndpoint,
    iss: clientId,
    sub: clientId,
    ...change,
  });

  it.each<[string, string, () => Record<string, string>]>([
    ["RS256", "its SHA-1 thumbprint", () => ({ x5t: certificate.sha1 })],
    ["PS256", "its SHA-256 thumbprint", () => ({ "x5t#S256": certificate.sha256 })],
    ["RS256", "its SHA-1 thumbprint as key ID", () => ({ kid: certificate.sha1 })],
    ["RS256", "a padded thumbprint", () => ({ x5t: `${certificate.sha1}=` })],
  ])("takes %s and %s", async (alg, _what, header) => {
    const key = alg === "PS256" ? await asPss(certificate) : certificate.privateKey;
    const reply = await present(clientId, await signAssertion(key, { alg, ...header() }, claims(), azure.clock.now()));
    expect(reply.body.error_description).toBeUndefined();
    expect(claimsOf(reply.body.access_token)["appidacr"]).toBe("2");
  });

  it("takes an elliptic curve certificate", async () => {
    const curve = await issueCertificate(dates, "ecdsa");
    const daemon = await graph.createDaemon("with a curve");
    const key = Buffer.from(curve.pem).toString("base64");
    await graph.patch(`/applications/${daemon.id}`, {
      keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key }],
    });
    const own = claims({ iss: daemon.appId, sub: daemon.appId });
    const reply = await present(
      daemon.appId,
      await signAssertion(curve.privateKey, { alg: "ES256", kid: curve.sha1 }, own, azure.clock.now()),
    );
    expect(reply.status).toBe(200);
  });

  it.each([
    `https://login.microsoftonline.com/${tenant.domain}/oauth2/v2.0/token`,
    `https://login.microsoftonline.com/${tenant.id}/oauth2/token`,
    `https://login.microsoftonline.com/${tenant.id}/v2.0`,
    `https://sts.windows.net/${tenant.id}/`,
  ])("takes the audience %s", async (aud) => {
    const header = { alg: "RS256", x5t: certificate.sha1 };
    const assertion = await signAssertion(certificate.privateKey, header, claims({ aud }), azure.clock.now());
    expect((await present(clientId, assertion)).status).toBe(200);
  });

  it.each<[string, () => Record<string, unknown>, number]>([
    ["another audience", () => ({ aud: "https://login.microsoftonline.com/other/oauth2/token" }), 700023],
    ["another subject", () => ({ sub: "someone else" }), 700021],
    ["an assertion that is over", () => ({ exp: azure.clock.now().getTime() / 1000 - 301 }), 700024],
    ["an assertion of the future", () => ({ nbf: azure.clock.now().getTime() / 1000 + 301 }), 700024],
  ])("refuses %s", async (_what, change, code) => {
    const header = { alg: "RS256", x5t: certificate.sha1 };
    const assertion = await signAssertion(certificate.privateKey, header, claims(change()), azure.clock.now());
    const reply = await present(clientId, assertion);
    expect(reply.body.error_codes).toEqual([code]);
  });

  it("refuses a certificate that the application does not have, and says whose it is", async () => {
    const other = await issueCertificate(dates);
    const header = { alg: "RS256", x5t: other.sha1 };
    const assertion = await signAssertion(other.privateKey, header, claims(), azure.clock.now());
    const { status, body } = await present(clientId, assertion);
    expect([status, body.error, body.error_codes]).toEqual([401, "invalid_client", [700027]]);
    const thumbprint = Buffer.from(other.sha1, "base64url").toString("hex").toUpperCase();
    expect(body.error_description).toContain(`Thumbprint of key used by client: '${thumbprint}'`);
  });

  it("refuses a signature of another key under a known thumbprint", async () => {
    const other = await issueCertificate(dates);
    const header = { alg: "RS256", x5t: certificate.sha1 };
    const { body } = await present(
      clientId,
      await signAssertion(other.privateKey, header, claims(), azure.clock.now()),
    );
    expect(body.error_description).toContain(
      "The provided signature value did not match the expected signature value.",
    );
  });

  it("refuses the certificate from the end of its credential on", async () => {
    azure.clock.set("2026-05-01T00:00:00Z");
    const header = { alg: "RS256", x5t: certificate.sha1 };
    const { body } = await present(
      clientId,
      await signAssertion(certificate.privateKey, header, claims(), azure.clock.now()),
    );
    azure.clock.set("2026-03-01T09:00:00Z");
    expect(body.error_codes).toEqual([700027]);
    expect(body.error_description).toContain("The key used is expired.");
  });

  it("refuses what is no assertion at all", async () => {
    expect((await present(clientId, "nonsense")).body.error_codes).toEqual([50027]);
  });
});

/** The same RSA key, for RSASSA-PSS. */
async function asPss(certificate: TestCertificate): Promise<webcrypto.CryptoKey> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", certificate.privateKey);
  return webcrypto.subtle.importKey("pkcs8", pkcs8, { name: "RSA-PSS", hash: "SHA-256" }, false, ["sign"]);
}
