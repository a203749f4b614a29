import { ClientAssertionCredential, ClientCertificateCredential } from "@azure/identity";
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  type NodeAuthOptions,
} from "@azure/msal-node";
import { identities, tenant } from "../../../../local/azure/landingZone/layout";
import { issueCertificate } from "../../../support/certificates";
import { GraphClient, graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { SdkClients } from "../../../support/sdkClient";
import { claimsOf } from "../../../support/signIn";

let azure: LocalAzureForTests;
let sdk: SdkClients;
let graph: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  sdk = new SdkClients(azure);
  graph = new GraphClient(azure, "administrator");
});
afterAll(async () => {
  sdk.close();
  await azure.close();
});

const now = Date.now();
const day = 24 * 60 * 60 * 1000;
const dates = { notBefore: new Date(now - day).toISOString(), notAfter: new Date(now + 90 * day).toISOString() };

/** MSAL's requests, through local Azure's proxy. */
const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => send("GET", url, options),
  sendPostRequestAsync: (url, options) => send("POST", url, options),
};

async function send<T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
  const { headers = {}, body } = options ?? {};
  const response = await azure.fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as T,
  };
}

const msal = (auth: NodeAuthOptions): ConfidentialClientApplication =>
  new ConfidentialClientApplication({ auth, system: { networkClient: network } });

describe("MSAL", () => {
  it.each([tenant.id, tenant.domain, tenant.initialDomain])("signs in by secret with the tenant %s", async (name) => {
    const client = msal({
      clientId: identities.deployer.clientId,
      clientSecret: azure.secretOf("deployer"),
      authority: `https://login.microsoftonline.com/${name}`,
    });
    const result = await client.acquireTokenByClientCredential({ scopes: [graphScope] });
    expect(claimsOf(result?.accessToken)["oid"]).toBe(identities.deployer.objectId);
  });

  it("signs in by certificate", async () => {
    const certificate = await issueCertificate(dates);
    const daemon = await graph.createDaemon("msal with a certificate");
    const key = Buffer.from(certificate.pem).toString("base64");
    await graph.patch(`/applications/${daemon.id}`, {
      keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key }],
    });
    const client = msal({
      clientId: daemon.appId,
      authority: `https://login.microsoftonline.com/${tenant.id}`,
      clientCertificate: {
        thumbprintSha256: Buffer.from(certificate.sha256, "base64url").toString("hex"),
        privateKey: certificate.privateKeyPem,
      },
    });
    const result = await client.acquireTokenByClientCredential({ scopes: ["https://vault.azure.net/.default"] });
    expect(claimsOf(result?.accessToken)).toMatchObject({ appid: daemon.appId, appidacr: "2" });
  });

  it("passes Entra's refusal on", async () => {
    const client = msal({
      clientId: identities.deployer.clientId,
      clientSecret: "wrong",
      authority: `https://login.microsoftonline.com/${tenant.id}`,
    });
    await expect(client.acquireTokenByClientCredential({ scopes: [graphScope] })).rejects.toMatchObject({
      errorCode: "invalid_client",
      errorNo: 7000215,
    });
  });
});

describe("Azure Identity", () => {
  it("signs in by secret", async () => {
    const token = await sdk.credential("deployer").getToken(graphScope);
    expect(claimsOf(token?.token)["appid"]).toBe(identities.deployer.clientId);
  });

  it("signs in by certificate", async () => {
    const certificate = await issueCertificate(dates);
    const daemon = await graph.createDaemon("identity with a certificate");
    const key = Buffer.from(certificate.pem).toString("base64");
    await graph.patch(`/applications/${daemon.id}`, {
      keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key }],
    });
    const pem = { certificate: `${certificate.pem}\n${certificate.privateKeyPem}\n` };
    const credential = new ClientCertificateCredential(tenant.id, daemon.appId, pem, sdk.options);
    const token = await credential.getToken("https://management.azure.com/.default");
    expect(claimsOf(token.token)["appid"]).toBe(daemon.appId);
  });

  it("signs in with a token of another application", async () => {
    const daemon = await graph.createDaemon("identity with an assertion");
    await graph.post(`/applications/${daemon.id}/federatedIdentityCredentials`, {
      name: "deployer",
      issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      subject: identities.deployer.objectId,
      audiences: ["api://AzureADTokenExchange"],
    });
    const exchange = (): Promise<string> => azure.token("deployer", "api://AzureADTokenExchange/.default");
    const credential = new ClientAssertionCredential(tenant.id, daemon.appId, exchange, sdk.options);
    expect(claimsOf((await credential.getToken(graphScope)).token)["appid"]).toBe(daemon.appId);
  });

  it("passes Entra's refusal on", async () => {
    const credential = new ClientAssertionCredential(
      tenant.id,
      identities.deployer.clientId,
      () => Promise.resolve("no JWT"),
      sdk.options,
    );
    await expect(credential.getToken(graphScope)).rejects.toThrow(/AADSTS50027/);
  });
});
