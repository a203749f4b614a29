import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenant } from "../../../../local/azure/landingZone/layout";
import { Administrator } from "../../../support/delivery";
import { GraphClient, graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { claimsOf, signIn, type SignInReply } from "../../../support/signIn";
import { TestIssuer } from "../../../support/tokenIssuer";

const issuer = "https://token.actions.githubusercontent.com";
const cluster = "https://westeurope.oic.prod-aks.azure.com/9142be75/5063/";
const subject = "repo:contoso/forecasts:ref:refs/heads/main";
const audiences = ["api://AzureADTokenExchange"];
const outside = { gone: "https://gone.example", other: "https://other.example", away: "https://away.example" };

let directory: string;
let gitHub: TestIssuer;
let kubernetes: TestIssuer;
let others: TestIssuer[];
let azure: LocalAzureForTests;
let graph: GraphClient;
let clientId: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "issuer-keys-"));
  gitHub = await TestIssuer.open({ issuer });
  kubernetes = await TestIssuer.open({ issuer: cluster });
  const impostor = await TestIssuer.open({ issuer: outside.other, documentOf: "https://impostor.example" });
  const elsewhere = await TestIssuer.open({ issuer: outside.away, keysAt: "https://keys.example/keys" });
  others = [impostor, elsewhere];
  const file = join(directory, "keys.json");
  await writeFile(file, JSON.stringify(await kubernetes.keys()));
  azure = await LocalAzureForTests.open({
    issuers: {
      [issuer]: gitHub.url,
      [cluster]: file,
      [outside.gone]: "http://127.0.0.1:1",
      [outside.other]: impostor.url,
      [outside.away]: elsewhere.url,
    },
  });
  graph = new GraphClient(azure, "administrator");
  const daemon = await graph.createDaemon("federated");
  clientId = daemon.appId;
  for (const [index, trusted] of [issuer, cluster, "https://unknown.example", ...Object.values(outside)].entries()) {
    const body = { name: `trust-${index}`, issuer: trusted, subject, audiences };
    expect((await graph.post(`/applications/${daemon.id}/federatedIdentityCredentials`, body)).status).toBe(201);
  }
});

afterAll(async () => {
  await azure.close();
  await Promise.all([gitHub, kubernetes, ...others].map((each) => each.close()));
  await rm(directory, { recursive: true, force: true });
});

const present = (client: string, assertion: string): Promise<SignInReply> =>
  signIn(azure, {
    client_id: client,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    scope: graphScope,
  });

const exchange = async (change: Record<string, unknown> = {}, from = gitHub): Promise<SignInReply> =>
  present(clientId, await from.token({ sub: subject, ...change }, azure.clock.now()));

describe("signing in with another issuer's token", () => {
  it("gives the application's token, with keys from the issuer's own discovery document", async () => {
    const { body } = await exchange();
    expect(claimsOf(body.access_token)).toMatchObject({ appid: clientId, appidacr: "2" });
  });

  it("takes keys from a file too, and an issuer with a slash at its end", async () => {
    const { body } = await exchange({}, kubernetes);
    expect(claimsOf(body.access_token)).toMatchObject({ appid: clientId });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ["an issuer that no credential names", { iss: "https://elsewhere.example" }, 700211],
    ["another subject", { sub: "repo:contoso/forecasts:pull_request" }, 700213],
    ["another audience", { aud: "api://other" }, 700212],
    ["a subject in another letter case", { sub: subject.toUpperCase() }, 7002138],
    ["an issuer in another letter case", { iss: issuer.toUpperCase() }, 7002138],
    ["a token that is over", { nbf: 1, exp: 2 }, 700024],
    ["an issuer that local Azure was not told of", { iss: "https://unknown.example" }, 50166],
    ["an issuer that doesn't answer", { iss: outside.gone }, 50166],
    ["an issuer whose document is another's", { iss: outside.other }, 50166],
    ["an issuer whose keys lie outside", { iss: outside.away }, 50166],
  ])("refuses %s", async (_what, change, code) => {
    const { body } = await exchange(change);
    expect(body.error_codes).toEqual([code]);
  });

  it("refuses a token that the issuer did not sign", async () => {
    expect((await exchange({ iss: issuer }, kubernetes)).body.error_codes).toEqual([5001201]);
  });

  it("takes the issuer's next key as soon as it is there", async () => {
    const before = await gitHub.token({ sub: subject }, azure.clock.now());
    gitHub.turnKey();
    expect((await exchange()).status).toBe(200);
    expect((await present(clientId, before)).body.error_codes).toEqual([5001201]);
  });

  it("takes a token of the tenant itself", async () => {
    const client = await graph.createDaemon("first of two");
    const second = await graph.createDaemon("second of two");
    await graph.post(`/applications/${second.id}/federatedIdentityCredentials`, {
      name: "first",
      issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      subject: client.principalId,
      audiences,
    });
    const secret = await graph.addPassword(client.id);
    const first = await signIn(azure, {
      client_id: client.appId,
      client_secret: secret,
      scope: "api://AzureADTokenExchange/.default",
    });
    const { status, body } = await present(second.appId, first.body.access_token ?? "");
    expect(body.error_description).toBeUndefined();
    expect(status).toBe(200);
  });
});

describe("signing in as a managed identity that trusts a workload", () => {
  it("gives the identity's token to that workload, and to nobody with a secret", async () => {
    const administrator = new Administrator(azure);
    const identity = await administrator.managedIdentity("id-federated");
    const body = { properties: { issuer, subject, audiences } };
    await administrator.arm(
      "PUT",
      `${identity.resourceId}/federatedIdentityCredentials/main-branch`,
      "2023-01-31",
      body,
    );
    const assertion = await gitHub.token({ sub: subject }, azure.clock.now());
    const signedIn = await present(identity.clientId, assertion);
    expect(claimsOf(signedIn.body.access_token)).toMatchObject({ appid: identity.clientId, oid: identity.principalId });
    const other = await gitHub.token({ sub: "repo:contoso/other:ref:refs/heads/main" }, azure.clock.now());
    expect((await present(identity.clientId, other)).body.error_codes).toEqual([700213]);
    const withSecret = await signIn(azure, {
      client_id: identity.clientId,
      client_secret: "guessed",
      scope: graphScope,
    });
    expect(withSecret.body.error_codes).toEqual([7000215]);
    await administrator.arm("DELETE", identity.resourceId, "2023-01-31");
    expect((await present(identity.clientId, assertion)).body.error_codes).toEqual([700016]);
  });
});

describe("an issuer that local Azure is told of", () => {
  it.each([
    [
      { "http://id.example": "keys.json" },
      'The issuer "http://id.example" is no https:// address, and Entra ID trusts no other.',
    ],
    [
      { "https://id.example": "https://id.example" },
      '"https://id.example" is not an http:// address of this machine, and local Azure sends no requests to other hosts. Give http://127.0.0.1:<port>, or a file with the issuer\'s keys.',
    ],
  ])("is refused before anything opens where it is wrong: %j", async (issuers, message) => {
    await expect(LocalAzureForTests.open({ issuers: issuers })).rejects.toThrow(message);
  });
});
