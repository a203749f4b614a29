import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { tenant } from "../../../../local/azure/landingZone/layout";
import { graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

let azure: LocalAzureForTests;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
});
afterAll(() => azure.close());

async function get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await azure.fetch(`https://login.microsoftonline.com/${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("discovery", () => {
  it.each([tenant.id, tenant.domain])("describes the v2.0 endpoints of %s by the tenant's ID", async (name) => {
    const { body } = await get(`${name}/v2.0/.well-known/openid-configuration`);
    const base = `https://login.microsoftonline.com/${tenant.id}`;
    expect(body).toMatchObject({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  });

  it("describes the first endpoints", async () => {
    const { body } = await get(`${tenant.id}/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: `https://sts.windows.net/${tenant.id}/`,
      token_endpoint: `https://login.microsoftonline.com/${tenant.id}/oauth2/token`,
    });
  });

  it.each([
    ["common", "{tenantid}"],
    ["organizations", "{tenantid}"],
    ["Consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"],
  ])("describes %s, for clients that know no tenant", async (name, issuer) => {
    const base = `https://login.microsoftonline.com/${name.toLowerCase()}`;
    const v2 = await get(`${name}/v2.0/.well-known/openid-configuration`);
    expect([v2.status, v2.body]).toMatchObject([
      200,
      {
        issuer: `https://login.microsoftonline.com/${issuer}/v2.0`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      },
    ]);
    const v1 = await get(`${name}/.well-known/openid-configuration`);
    expect([v1.status, v1.body]).toMatchObject([
      200,
      { issuer: `https://sts.windows.net/${issuer}/`, token_endpoint: `${base}/oauth2/token` },
    ]);
    expect((await get(`${name}/discovery/v2.0/keys`)).status).toBe(200);
  });

  it("has no configuration of a tenant that nobody has", async () => {
    const reply = await get("11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration");
    expect([reply.status, reply.body["error"], reply.body["error_codes"]]).toEqual([400, "invalid_tenant", [90002]]);
  });

  it.each(["discovery/keys", "discovery/v2.0/keys"])(
    "publishes at %s the key that tokens are signed with",
    async (path) => {
      const { body } = await get(`${tenant.id}/${path}`);
      const token = await azure.token("deployer", graphScope);
      const verified = await jwtVerify(token, createLocalJWKSet(body as unknown as JSONWebKeySet), {
        issuer: `https://sts.windows.net/${tenant.id}/`,
        audience: "https://graph.microsoft.com",
        currentDate: azure.clock.now(),
      });
      expect(verified.protectedHeader).toMatchObject({ typ: "JWT", alg: "RS256" });
    },
  );

  it("knows Microsoft's authorities, and no others", async () => {
    const instance = (host: string): string =>
      `common/discovery/instance?api-version=1.1&authorization_endpoint=https://${host}/common/oauth2/v2.0/authorize`;
    const known = await get(instance("login.microsoftonline.com"));
    expect(known.body["tenant_discovery_endpoint"]).toMatch(/\/v2\.0\/\.well-known\/openid-configuration$/);
    const unknown = await get(instance("login.fabrikam.example"));
    expect([unknown.status, unknown.body["error"], unknown.body["error_codes"]]).toEqual([
      400,
      "invalid_instance",
      [50049],
    ]);
  });

  it("signs in no people: consent pages answer 501", async () => {
    const reply = await get(`${tenant.id}/adminconsent?client_id=b7c2f0d4-51e8-4a3b-8c96-e0d7a1f25b38`);
    expect(reply.status).toBe(501);
    expect(reply.body["error_description"]).toMatch(/^Local Azure does not support GET \/.+\/adminconsent\./);
  });
});
