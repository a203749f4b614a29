import { request } from "undici";
import { tenant } from "../../../../local/azure/landingZone/layout";
import { machineUrl, machineWith } from "../../../../local/azure/instanceMetadata/machine";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { Administrator, type ManagedIdentityIds } from "../../../support/delivery";
import { LocalAzureForTests } from "../../../support/localAzure";
import { claimsOf } from "../../../support/signIn";

const graphResource = "https://graph.microsoft.com/";
const version = "2018-02-01";

let azure: LocalAzureForTests;
let administrator: Administrator;
let loader: ManagedIdentityIds;
let mailer: ManagedIdentityIds;

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  administrator = new Administrator(azure);
  loader = await administrator.managedIdentity("id-loader");
  mailer = await administrator.managedIdentity("id-mailer");
});

afterAll(() => azure.close());

const machine = (...identities: ManagedIdentityIds[]) =>
  machineWith(
    azure.azure.cloud.stateKey,
    identities.map(({ clientId }) => clientId),
  );
const addressOf = (...identities: ManagedIdentityIds[]): string =>
  machineUrl(azure.azure.proxyUrl, machine(...identities));

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly access_token?: string };
}

const get = async (
  base: string,
  path: string,
  query: Record<string, string>,
  headers: Record<string, string> = {},
  method: "GET" | "POST" = "GET",
): Promise<Reply> => {
  const { statusCode, body } = await request(`${base}${path}?${new URLSearchParams(query).toString()}`, {
    method,
    headers,
  });
  return { status: statusCode, body: (await body.json()) as Reply["body"] };
};

/** As a virtual machine asks. */
const ask = (
  base: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = { Metadata: "true" },
) =>
  get(base, "/metadata/identity/oauth2/token", { "api-version": version, resource: graphResource, ...query }, headers);

describe("a virtual machine's metadata service", () => {
  it("gives a token of the only identity, valid for a day", async () => {
    const { status, body } = await ask(addressOf(loader));
    const now = azure.clock.now().getTime() / 1000;
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String) as unknown,
      client_id: loader.clientId,
      expires_in: "86399",
      expires_on: String(now + 86_400),
      ext_expires_in: "86399",
      not_before: String(now - 300),
      resource: graphResource,
      token_type: "Bearer",
    });
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: graphResource,
      appid: loader.clientId,
      appidacr: "2",
      oid: loader.principalId,
      sub: loader.principalId,
      tid: tenant.id,
      idtyp: "app",
      xms_mirid: loader.resourceId,
      exp: now + 86_400,
    });
  });

  it("puts the app roles that the identity has into its token, and Microsoft Graph takes it", async () => {
    await administrator.consent(loader.principalId);
    const { body } = await ask(addressOf(loader));
    expect(claimsOf(body.access_token)["roles"]).toEqual(["User.Read.All"]);
    const users = await azure.fetch("https://graph.microsoft.com/v1.0/users", {
      headers: { authorization: `Bearer ${body.access_token ?? ""}` },
    });
    expect(users.status).toBe(200);
  });

  it("gives the token exchange's token in the form that a federated credential trusts", async () => {
    const { body } = await ask(addressOf(loader), { resource: "api://AzureADTokenExchange" });
    expect(claimsOf(body.access_token)).toMatchObject({
      iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
      sub: loader.principalId,
      aud: "fb60f99c-7a34-4190-8149-302f77469936",
    });
  });

  it.each<[string, (identity: ManagedIdentityIds) => Record<string, string>]>([
    ["client_id", ({ clientId }) => ({ client_id: clientId })],
    ["object_id", ({ principalId }) => ({ object_id: principalId })],
    ["msi_res_id", ({ resourceId }) => ({ msi_res_id: resourceId })],
    ["mi_res_id, in any letter case", ({ resourceId }) => ({ mi_res_id: resourceId.toUpperCase() })],
  ])("picks one of several identities by %s", async (_what, named) => {
    const { body } = await ask(addressOf(loader, mailer), named(mailer));
    expect(body["client_id"]).toBe(mailer.clientId);
  });

  it("refuses to choose between several", async () => {
    expect(await ask(addressOf(loader, mailer))).toEqual({
      status: 400,
      body: {
        error: "invalid_request",
        error_description:
          "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
      },
    });
  });

  it("has no identity that is not attached to the machine, though it exists", async () => {
    const none = { status: 400, body: { error: "invalid_request", error_description: "Identity not found" } };
    expect(await ask(addressOf(loader), { client_id: mailer.clientId })).toEqual(none);
    expect(await ask(addressOf(loader), { object_id: mailer.principalId })).toEqual(none);
    expect(await ask(addressOf())).toEqual(none);
  });

  it("has no identity any more that was deleted", async () => {
    const gone = await administrator.managedIdentity("id-gone");
    const address = addressOf(gone);
    expect((await ask(address)).status).toBe(200);
    await administrator.arm("DELETE", gone.resourceId, "2023-01-31");
    expect((await ask(address)).body["error_description"]).toBe("Identity not found");
  });

  it("attaches nothing for whoever makes up an address", async () => {
    const { clientIds } = machine(mailer);
    const forged = machineUrl(azure.azure.proxyUrl, { clientIds, key: machine(loader).key });
    expect(await ask(forged)).toEqual({
      status: 404,
      body: { error: "not_found", error_description: "There is no such machine." },
    });
  });

  it.each<[string, Record<string, string>, Record<string, string>, number, Record<string, unknown>]>([
    [
      "without the header that keeps others out",
      {},
      {},
      400,
      { error: "bad_request_102", error_description: "Required metadata header not specified" },
    ],
    [
      "that was forwarded",
      {},
      { Metadata: "true", "X-Forwarded-For": "203.0.113.9" },
      400,
      { error: "invalid_request" },
    ],
    [
      "without a version",
      { "api-version": "" },
      { Metadata: "true" },
      400,
      { "newest-versions": expect.any(Array) as unknown },
    ],
    [
      "without a resource",
      { resource: "" },
      { Metadata: "true" },
      400,
      { error: "invalid_request", error_description: "Required audience parameter not specified" },
    ],
    [
      "for a resource that is none",
      { resource: "https://nothing.example" },
      { Metadata: "true" },
      400,
      { error: "invalid_resource", error_description: expect.stringContaining("AADSTS500011") as unknown },
    ],
  ])("refuses a request %s", async (_what, query, headers, status, body) => {
    expect(await ask(addressOf(loader), query, headers)).toMatchObject({ status, body });
  });

  it("answers nothing else", async () => {
    const address = addressOf(loader);
    const headers = { Metadata: "true" };
    expect((await get(address, "/metadata/instance", { "api-version": version }, headers)).status).toBe(501);
    expect((await get(address, "/metadata/identity/oauth2/token", {}, headers, "POST")).status).toBe(405);
  });

  it("leaves no key of a machine in the log of requests", async () => {
    const lines: RequestRecord[] = [];
    const stop = azure.azure.requests.listen((record) => lines.push(record));
    await ask(addressOf(loader));
    stop();
    expect(lines.at(-1)).toMatchObject({
      host: "169.254.169.254",
      path: "/metadata/identity/oauth2/token",
      status: 200,
    });
    expect(JSON.stringify(lines)).not.toContain(machine(loader).key);
  });
});

describe("other hosts' token endpoints", () => {
  it("give a machine learning compute a token for its secret, by client ID", async () => {
    const { key } = machine(loader, mailer);
    const query = { "api-version": "2017-09-01", resource: graphResource, clientid: mailer.clientId };
    const path = "/machine-learning/token";
    const { status, body } = await get(addressOf(loader, mailer), path, query, { secret: key });
    expect(status).toBe(200);
    expect(claimsOf(body.access_token)["appid"]).toBe(mailer.clientId);
    expect(Number(body["expires_on"])).toBe(azure.clock.now().getTime() / 1000 + 86_400);
    expect((await get(addressOf(loader, mailer), path, query, { secret: "guessed" })).status).toBe(401);
  });

  it("give App Service a token for its header, and its own words for an identity that it doesn't have", async () => {
    const { key } = machine(loader);
    const query = { "api-version": "2019-08-01", resource: graphResource };
    const headers = { "X-IDENTITY-HEADER": key };
    const token = await get(addressOf(loader), "/app-service/token", query, headers);
    expect(token).toMatchObject({ status: 200, body: { client_id: loader.clientId } });
    const other = { ...query, client_id: mailer.clientId };
    expect(await get(addressOf(loader), "/app-service/token", other, headers)).toMatchObject({
      status: 400,
      body: {
        statusCode: 400,
        message: "No Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
      },
    });
    expect((await get(addressOf(loader), "/app-service/token", query)).status).toBe(401);
    expect((await get(addressOf(loader), "/app-service/token", { resource: graphResource }, headers)).status).toBe(400);
  });
});
