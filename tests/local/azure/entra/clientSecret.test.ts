import { identities, tenant } from "../../../../local/azure/landingZone/layout";
import { GraphClient, graphRoot, graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { claimsOf, signIn } from "../../../support/signIn";

describe("signing in with a client secret", () => {
  let azure: LocalAzureForTests;
  let graph: GraphClient;
  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    graph = new GraphClient(azure, "administrator");
  });
  afterAll(() => azure.close());

  const deployer = (): Record<string, string> => ({
    client_id: identities.deployer.clientId,
    client_secret: azure.secretOf("deployer"),
    scope: graphScope,
  });

  it("gives a token of the first version with the caller's identity and roles", async () => {
    const reply = await signIn(azure, deployer());
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      token_type: "Bearer",
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    });
    const now = azure.clock.now().getTime() / 1000;
    expect(claimsOf(reply.body.access_token)).toEqual({
      aud: "https://graph.microsoft.com",
      iss: `https://sts.windows.net/${tenant.id}/`,
      iat: now,
      nbf: now - 300,
      exp: now + 3600,
      aio: expect.any(String) as string,
      appid: identities.deployer.clientId,
      appidacr: "1",
      idp: `https://sts.windows.net/${tenant.id}/`,
      idtyp: "app",
      oid: identities.deployer.objectId,
      rh: expect.any(String) as string,
      roles: expect.arrayContaining(["Application.Read.All", "Application.ReadWrite.OwnedBy"]) as string[],
      sub: identities.deployer.objectId,
      tid: tenant.id,
      uti: expect.any(String) as string,
      ver: "1.0",
    });
  });

  it("leaves the roles out where the resource assigned none", async () => {
    const { body } = await signIn(azure, { ...deployer(), scope: "https://vault.azure.net/.default" });
    expect(claimsOf(body.access_token)).not.toHaveProperty("roles");
  });

  it.each([
    ["https://management.azure.com/.default", "https://management.azure.com"],
    ["https://management.core.windows.net//.default", "https://management.core.windows.net/"],
    ["https://management.core.windows.net/.default", "https://management.core.windows.net"],
    ["https://vault.azure.net/.default openid offline_access profile", "https://vault.azure.net"],
    ["https://storage.azure.com/.default", "https://storage.azure.com"],
    ["https://stforecast.dfs.core.windows.net/.default", "https://stforecast.dfs.core.windows.net"],
    ["https://datalake.azure.net//.default", "https://datalake.azure.net/"],
    ["00000003-0000-0000-c000-000000000000/.default", "00000003-0000-0000-c000-000000000000"],
  ])("names the resource of %s as it was asked for", async (scope, audience) => {
    const { body } = await signIn(azure, { ...deployer(), scope });
    expect(claimsOf(body.access_token)["aud"]).toBe(audience);
  });

  it("answers the first endpoint with numbers as text", async () => {
    const { client_id, client_secret } = deployer() as { client_id: string; client_secret: string };
    const form = { client_id, client_secret, resource: "https://datalake.azure.net/" };
    const reply = await signIn(azure, form, { endpoint: "oauth2/token" });
    const now = azure.clock.now().getTime() / 1000;
    expect(reply.body).toEqual({
      token_type: "Bearer",
      expires_in: "3599",
      ext_expires_in: "3599",
      expires_on: String(now + 3600),
      not_before: String(now - 300),
      resource: "https://datalake.azure.net/",
      access_token: expect.any(String) as string,
    });
    expect(claimsOf(reply.body.access_token)["aud"]).toBe("https://datalake.azure.net/");
  });

  it("takes the secret from an HTTP Basic header", async () => {
    const basic = Buffer.from(`${identities.deployer.clientId}:${encodeURIComponent(azure.secretOf("deployer"))}`);
    const reply = await signIn(
      azure,
      { scope: graphScope },
      { headers: { authorization: `Basic ${basic.toString("base64")}` } },
    );
    expect(reply.status).toBe(200);
  });

  it.each([tenant.domain, tenant.initialDomain, tenant.id.toUpperCase()])("knows the tenant as %s", async (name) => {
    expect((await signIn(azure, deployer(), { tenant: name })).status).toBe(200);
  });

  it("refuses in Entra's envelope, with the client's own correlation ID", async () => {
    const correlationId = "5f0c7a52-0a57-4b52-9c1e-5d2e7f5a9b10";
    const reply = await signIn(
      azure,
      { ...deployer(), client_secret: "wrong" },
      { headers: { "client-request-id": correlationId } },
    );
    expect(reply.status).toBe(401);
    expect(reply.headers.get("cache-control")).toBe("no-store, no-cache");
    expect(reply.headers.get("client-request-id")).toBe(correlationId);
    const traceId = reply.headers.get("x-ms-request-id") ?? "";
    expect(reply.body).toEqual({
      error: "invalid_client",
      error_description: `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${identities.deployer.clientId}'. Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: 2026-03-01 09:00:00Z`,
      error_codes: [7000215],
      timestamp: "2026-03-01 09:00:00Z",
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: "https://login.microsoftonline.com/error?code=7000215",
    });
  });

  it.each<[string, Record<string, string>, { tenant?: string }, number, string, number]>([
    ["a tenant nobody has", {}, { tenant: "11111111-2222-3333-4444-555555555555" }, 400, "invalid_request", 90002],
    ["a domain nobody has", {}, { tenant: "fabrikam.example" }, 400, "invalid_request", 90002],
    ["a tenant that is no name at all", {}, { tenant: "nonsense" }, 400, "invalid_request", 900023],
    ["no tenant in particular", {}, { tenant: "common" }, 400, "invalid_request", 50059],
    [
      "an unknown application",
      { client_id: "11111111-2222-3333-4444-555555555555" },
      {},
      400,
      "unauthorized_client",
      700016,
    ],
    ["no client ID", { client_id: "" }, {}, 400, "invalid_request", 900144],
    ["no secret", { client_secret: "" }, {}, 401, "invalid_client", 7000216],
    ["no scope", { scope: "" }, {}, 400, "invalid_request", 900144],
    ["a scope without a resource", { scope: "openid" }, {}, 400, "invalid_scope", 70011],
    ["a delegated scope", { scope: "https://graph.microsoft.com/User.Read" }, {}, 400, "invalid_scope", 1002012],
    ["two resources", { scope: `${graphScope} https://vault.azure.net/.default` }, {}, 400, "invalid_scope", 28000],
    ["an unknown resource", { scope: "https://nowhere.example/.default" }, {}, 400, "invalid_resource", 500011],
    ["another grant", { grant_type: "password" }, {}, 400, "unsupported_grant_type", 70003],
  ])("refuses %s", async (_what, change, options, status, error, code) => {
    const reply = await signIn(azure, { ...deployer(), ...change }, options);
    expect([reply.status, reply.body.error, reply.body.error_codes]).toEqual([status, error, [code]]);
  });

  it("refuses a secret from its end on, and another one until its start", async () => {
    const daemon = await graph.createDaemon("short-lived");
    const old = await graph.addPassword(daemon.id, { endDateTime: "2026-03-02T00:00:00Z" });
    const next = await graph.addPassword(daemon.id, { startDateTime: "2026-03-02T00:00:00Z" });
    const code = async (secret: string): Promise<unknown> =>
      (await signIn(azure, { client_id: daemon.appId, client_secret: secret, scope: graphScope })).body.error_codes;
    expect([await code(old), await code(next)]).toEqual([undefined, [7000215]]);
    azure.clock.set("2026-03-02T00:00:00Z");
    expect([await code(old), await code(next)]).toEqual([[7000222], undefined]);
    azure.clock.set("2026-03-01T09:00:00Z");
  });

  it("refuses a disabled service principal, and an application without one", async () => {
    const daemon = await graph.createDaemon("disabled");
    const form = { client_id: daemon.appId, client_secret: await graph.addPassword(daemon.id), scope: graphScope };
    await graph.patch(`/servicePrincipals/${daemon.principalId}`, { accountEnabled: false });
    expect((await signIn(azure, form)).body.error_codes).toEqual([7000112]);
    await graph.delete(`/servicePrincipals/${daemon.principalId}`);
    expect((await signIn(azure, form)).body.error_codes).toEqual([7000229]);
    await graph.delete(`/applications/${daemon.id}`);
    expect((await signIn(azure, form)).body.error_codes).toEqual([700016]);
  });

  it("gives a token of the second version for an API that asks for it, with the roles held there", async () => {
    const role = {
      id: "7d5d2d6c-1d4e-4c9d-8a55-2f4a7f1f0c11",
      value: "Read",
      displayName: "Read",
      description: "Reads.",
    };
    const api = await graph.createDaemon("api", {
      identifierUris: ["api://forecasts"],
      api: { requestedAccessTokenVersion: 2 },
      appRoles: [{ ...role, isEnabled: true, allowedMemberTypes: ["Application"] }],
    });
    await graph.post(`/servicePrincipals/${api.principalId}/appRoleAssignedTo`, {
      principalId: identities.deployer.objectId,
      resourceId: api.principalId,
      appRoleId: role.id,
    });
    const { body } = await signIn(azure, { ...deployer(), scope: "api://forecasts/.default" });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: api.appId, ver: "2.0", roles: ["Read"] });
    await graph.patch(`/servicePrincipals/${api.principalId}`, { appRoleAssignmentRequired: true });
    const stranger = { client_id: identities.stranger.clientId, client_secret: azure.secretOf("stranger") };
    const refused = await signIn(azure, { ...stranger, scope: "api://forecasts/.default" });
    expect(refused.body.error_codes).toEqual([501051]);
  });

  it("keeps its key and its applications through a restart", async () => {
    const before = await azure.token("administrator", graphScope);
    await azure.restart();
    const reply = await azure.fetch(`${graphRoot}/applications`, { headers: { authorization: `Bearer ${before}` } });
    expect(reply.status).toBe(200);
  });
});
