import { identities } from "../../../../local/azure/landingZone/layout";
import { GraphClient, graphScope } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";
import { claimsOf, signIn } from "../../../support/signIn";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const userReadAll = "df021288-bdef-4463-88db-98f22de89214";

let azure: LocalAzureForTests;
let deployer: GraphClient;
let administrator: GraphClient;
let graphId: string;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  deployer = new GraphClient(azure, "deployer");
  administrator = new GraphClient(azure, "administrator");
  graphId = (await deployer.get(`/servicePrincipals(appId='${graphAppId}')`)).body.id ?? "";
});
afterAll(() => azure.close());

describe("service principals", () => {
  it("has Microsoft Graph's with its application permissions", async () => {
    const { body } = await deployer.get(`/servicePrincipals?$filter=appId eq '${graphAppId}'`);
    expect(body.value).toHaveLength(1);
    const roles = body.value?.[0]?.["appRoles"] as readonly Record<string, unknown>[];
    expect(roles.length).toBeGreaterThan(60);
    expect(roles).toContainEqual(
      expect.objectContaining({
        id: userReadAll,
        value: "User.Read.All",
        allowedMemberTypes: ["Application"],
        isEnabled: true,
      }),
    );
  });

  it.each([
    ["Azure Key Vault", "cfa8b339-82a2-471a-a3c9-0fc0be7a4093"],
    ["Azure Storage", "e406a681-f3d4-42a8-90b6-c2b029497af1"],
    ["Windows Azure Service Management API", "797f4846-ba00-4fd7-ba43-dac1f8f63013"],
    ["Azure Data Lake", "e9f49c6b-5ce5-44c8-925d-015017e9f7ad"],
  ])("has that of %s", async (displayName, appId) => {
    const { body } = await deployer.get(`/servicePrincipals(appId='${appId}')`);
    expect(body["displayName"]).toBe(displayName);
  });

  it("shows much of its application", async () => {
    const daemon = await deployer.createDaemon("mirrored", { identifierUris: ["api://mirrored"] });
    await deployer.patch(`/applications/${daemon.id}`, { displayName: "renamed" });
    const { body } = await deployer.get(`/servicePrincipals/${daemon.principalId}`);
    expect(body).toMatchObject({
      appId: daemon.appId,
      appDisplayName: "renamed",
      displayName: "renamed",
      servicePrincipalType: "Application",
      servicePrincipalNames: [daemon.appId, "api://mirrored"],
      accountEnabled: true,
    });
  });

  it("refuses an application that is not there", async () => {
    const appId = "11111111-2222-3333-4444-555555555555";
    const reply = await administrator.post("/servicePrincipals", { appId });
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatchObject({
      code: "Request_BadRequest",
      message: `The appId '${appId}' of the service principal does not reference a valid application object.`,
      details: [expect.objectContaining({ code: "NoBackingApplicationObject", target: "appId" })],
    });
  });

  it("refuses a second one for an application", async () => {
    const { appId } = await deployer.createDaemon("only one");
    const reply = await deployer.post("/servicePrincipals", { appId });
    expect([reply.status, reply.body.error?.code]).toEqual([409, "Request_MultipleObjectsWithSameKeyValue"]);
  });

  it("takes the changes that a deployment tool makes to one it just made", async () => {
    const { principalId } = await deployer.createDaemon("probed");
    const probe = {
      "@odata.type": "#microsoft.graph.servicePrincipal",
      description: "TERRAFORM_UPDATE_1",
      tags: ["a"],
    };
    expect((await deployer.patch(`/servicePrincipals/${principalId}`, probe)).status).toBe(204);
    expect((await deployer.patch(`/servicePrincipals/${principalId}`, { description: null })).status).toBe(204);
    expect((await deployer.get(`/servicePrincipals/${principalId}`)).body).toMatchObject({
      description: null,
      tags: ["a"],
    });
  });
});

describe("admin consent", () => {
  it("puts the role into tokens that are issued afterwards, and takes it out again", async () => {
    const daemon = await deployer.createDaemon("consented");
    const form = { client_id: daemon.appId, client_secret: await deployer.addPassword(daemon.id), scope: graphScope };
    const users = async (token: string | undefined): Promise<number> =>
      (
        await azure.fetch("https://graph.microsoft.com/v1.0/users", {
          headers: { authorization: `Bearer ${token ?? ""}` },
        })
      ).status;
    const before = (await signIn(azure, form)).body.access_token;
    expect(await users(before)).toBe(403);

    const grant = { principalId: daemon.principalId, resourceId: graphId, appRoleId: userReadAll };
    const granted = await deployer.post(`/servicePrincipals/${graphId}/appRoleAssignedTo`, grant);
    expect(granted.status).toBe(201);
    expect(granted.body).toEqual({
      "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#appRoleAssignments/$entity",
      id: expect.stringMatching(/^[\w-]{43}$/) as string,
      deletedDateTime: null,
      appRoleId: userReadAll,
      createdDateTime: "2026-03-01T09:00:00.0000000Z",
      principalDisplayName: "consented",
      principalId: daemon.principalId,
      principalType: "ServicePrincipal",
      resourceDisplayName: "Microsoft Graph",
      resourceId: graphId,
    });
    expect(await users(before)).toBe(403);
    const after = (await signIn(azure, form)).body.access_token;
    expect(claimsOf(after)["roles"]).toEqual(["User.Read.All"]);
    expect(await users(after)).toBe(200);

    for (const end of [`${graphId}/appRoleAssignedTo`, `${daemon.principalId}/appRoleAssignments`]) {
      const { body } = await deployer.get(`/servicePrincipals/${end}/${granted.body.id ?? ""}`);
      expect(body["principalId"]).toBe(daemon.principalId);
    }
    const assignment = `/servicePrincipals/${daemon.principalId}/appRoleAssignments/${granted.body.id ?? ""}`;
    expect((await deployer.delete(assignment)).status).toBe(204);
    expect(claimsOf((await signIn(azure, form)).body.access_token)).not.toHaveProperty("roles");
  });

  it("takes Application.Read.All beside the right to grant: the right to one's own applications is not enough", async () => {
    const client = await deployer.createDaemon("grants without reading");
    const clientSecret = await deployer.addPassword(client.id);
    const granting = { principalId: client.principalId, resourceId: graphId };
    const give = async (permission: string): Promise<void> => {
      const { appRoles } = (await deployer.get(`/servicePrincipals/${graphId}`)).body as {
        appRoles: { id: string; value: string }[];
      };
      const appRoleId = appRoles.find(({ value }) => value === permission)?.id;
      await deployer.post(`/servicePrincipals/${graphId}/appRoleAssignedTo`, { ...granting, appRoleId });
    };
    const grantUsers = async (): Promise<number> => {
      const token = await azure.tokenFor({ clientId: client.appId, clientSecret, scope: graphScope });
      const url = `https://graph.microsoft.com/v1.0/servicePrincipals/${graphId}/appRoleAssignedTo`;
      const body = JSON.stringify({ ...granting, appRoleId: userReadAll });
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      return (await azure.fetch(url, { method: "POST", headers, body })).status;
    };
    await give("Application.ReadWrite.OwnedBy");
    await give("AppRoleAssignment.ReadWrite.All");
    expect(await grantUsers()).toBe(403);
    await give("Application.Read.All");
    expect(await grantUsers()).toBe(201);
  });

  it("refuses a role twice, and one that the resource lacks", async () => {
    const { principalId } = await deployer.createDaemon("refused");
    const assign = (appRoleId: string): ReturnType<GraphClient["post"]> =>
      deployer.post(`/servicePrincipals/${principalId}/appRoleAssignments`, {
        principalId,
        resourceId: graphId,
        appRoleId,
      });
    await assign(userReadAll);
    expect((await assign(userReadAll)).body.error?.message).toBe(
      "Permission being assigned already exists on the object",
    );
    const missing = await assign("11111111-2222-3333-4444-555555555555");
    expect(missing.body.error?.message).toBe(`Permission being assigned was not found on application '${graphAppId}'.`);
  });

  it("refuses a principal that is not there, and ends that do not fit", async () => {
    const nobody = "11111111-2222-3333-4444-555555555555";
    const grant = { principalId: nobody, resourceId: graphId, appRoleId: userReadAll };
    const missing = await deployer.post(`/servicePrincipals/${graphId}/appRoleAssignedTo`, grant);
    expect([missing.status, missing.body.error?.code]).toEqual([404, "Request_ResourceNotFound"]);
    const other = await deployer.post(`/servicePrincipals/${identities.stranger.objectId}/appRoleAssignedTo`, grant);
    expect(other.body.error?.message).toMatch(/^Not a valid reference update/);
  });
});

describe("what the token must carry", () => {
  it.each<[string, keyof typeof identities, string, string, unknown]>([
    ["read users", "deployer", "GET", "/users", undefined],
    ["read applications", "consumer", "GET", "/applications", undefined],
    ["create applications", "consumer", "POST", "/applications", { displayName: "a" }],
    [
      "grant roles",
      "stranger",
      "POST",
      "/servicePrincipals/2b8c9d3f-4065-471a-8e9f-c3d201b7e684/appRoleAssignments",
      {},
    ],
    ["read the directory", "deployer", "GET", "/directoryObjects/2b8c9d3f-4065-471a-8e9f-c3d201b7e684", undefined],
    ["read the organization", "deployer", "GET", "/organization", undefined],
    ["read deleted items", "stranger", "GET", "/directory/deletedItems/microsoft.graph.application", undefined],
  ])("to %s", async (_what, identity, method, path, body) => {
    const reply = await new GraphClient(azure, identity).send(method, path, body);
    expect([reply.status, reply.body.error?.code, reply.body.error?.message]).toEqual([
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    ]);
  });

  it("lets a caller change what it owns and nothing else", async () => {
    const own = await deployer.createDaemon("its own");
    const other = await administrator.createDaemon("someone else's");
    const change = { notes: "changed" };
    expect((await deployer.patch(`/applications/${own.id}`, change)).status).toBe(204);
    expect((await deployer.patch(`/applications/${other.id}`, change)).status).toBe(403);
    expect((await deployer.post(`/applications/${other.id}/addPassword`, {})).status).toBe(403);
    expect((await deployer.delete(`/servicePrincipals/${other.principalId}`)).status).toBe(403);
    expect((await deployer.delete(`/applications/${other.id}`)).status).toBe(403);
  });

  it("lets nobody make a service principal for an application of others, or of another tenant", async () => {
    const foreign = await administrator.post("/applications", { displayName: "foreign" });
    expect((await deployer.post("/servicePrincipals", { appId: foreign.body.appId })).status).toBe(403);
    const elsewhere = await deployer.post("/servicePrincipals", { appId: "11111111-2222-3333-4444-555555555555" });
    expect(elsewhere.body.error?.message).toMatch(/the backing application .* must in the local tenant$/);
  });

  it.each([
    [undefined, "Access token is empty."],
    ["Bearer nonsense", "CompactToken parsing failed with error code: 80049217"],
  ])("refuses the authorization %s", async (authorization, message) => {
    const headers = authorization === undefined ? {} : { authorization };
    const reply = await azure.fetch("https://graph.microsoft.com/v1.0/users", { headers });
    const body = (await reply.json()) as { error: { code: string; message: string } };
    expect([reply.status, body.error.code, body.error.message]).toEqual([401, "InvalidAuthenticationToken", message]);
    expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer /);
  });

  it("refuses a token that is over, and one for another service", async () => {
    const token = await azure.token("administrator", graphScope);
    const other = await azure.token("administrator", "https://vault.azure.net/.default");
    const message = async (bearer: string): Promise<string | undefined> => {
      const reply = await azure.fetch("https://graph.microsoft.com/v1.0/users", {
        headers: { authorization: `Bearer ${bearer}` },
      });
      return ((await reply.json()) as { error?: { message: string } }).error?.message;
    };
    expect(await message(other)).toBe("Access token validation failure. Invalid audience.");
    expect(await message(token)).toBeUndefined();
    azure.clock.advance({ hours: 1, seconds: 1 });
    expect(await message(token)).toBe("Lifetime validation failed, the token is expired.");
  });
});
