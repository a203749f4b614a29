import { addManagedIdentity, removeManagedIdentity } from "../../../../local/azure/entra/managedIdentities";
import { identities, tenant } from "../../../../local/azure/landingZone/layout";
import { GraphClient } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const basicRole = "97235f07-e226-4f63-ace3-39588e11d3a1";

let azure: LocalAzureForTests;
let graph: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "administrator");
});
afterAll(() => azure.close());

describe("deleted items", () => {
  it("takes the service principal along, and restores each on its own", async () => {
    const daemon = await graph.createDaemon("restored");
    const graphId = (await graph.get(`/servicePrincipals(appId='${graphAppId}')?$select=id`)).body.id;
    const grant = { principalId: daemon.principalId, resourceId: graphId, appRoleId: basicRole };
    await graph.post(`/servicePrincipals/${daemon.principalId}/appRoleAssignments`, grant);

    expect((await graph.delete(`/applications/${daemon.id}`)).status).toBe(204);
    expect((await graph.get(`/applications/${daemon.id}`)).status).toBe(404);
    expect((await graph.get(`/servicePrincipals/${daemon.principalId}`)).status).toBe(404);
    const deleted = await graph.get(`/directory/deletedItems/${daemon.id}`);
    expect(deleted.body).toMatchObject({
      "@odata.type": "#microsoft.graph.application",
      id: daemon.id,
      deletedDateTime: "2026-03-01T09:00:00.000Z",
    });

    const early = await graph.post(`/directory/deletedItems/${daemon.principalId}/restore`, {});
    expect(early.body.error?.details).toEqual([expect.objectContaining({ code: "NoBackingApplicationObject" })]);
    const restored = await graph.post(`/directory/deletedItems/${daemon.id}/restore`, {});
    expect([restored.status, restored.body["deletedDateTime"]]).toEqual([200, null]);
    expect((await graph.get(`/servicePrincipals/${daemon.principalId}`)).status).toBe(404);
    await graph.post(`/directory/deletedItems/${daemon.principalId}/restore`, {});
    const assignments = await graph.get(`/servicePrincipals/${daemon.principalId}/appRoleAssignments`);
    expect([assignments.status, assignments.body.value]).toEqual([200, []]);
  });

  it("lists each kind, and purges for good", async () => {
    const daemon = await graph.createDaemon("purged");
    await graph.delete(`/applications/${daemon.id}`);
    for (const [kind, id] of [
      ["application", daemon.id],
      ["servicePrincipal", daemon.principalId],
    ] as const) {
      const list = await graph.get(`/directory/deletedItems/microsoft.graph.${kind}?$filter=id eq '${id}'`);
      expect(list.body.value).toHaveLength(1);
      expect((await graph.delete(`/directory/deletedItems/${id}`)).status).toBe(204);
      expect((await graph.get(`/directory/deletedItems/${id}`)).status).toBe(404);
    }
  });

  it("forgets them after thirty days", async () => {
    const daemon = await graph.createDaemon("forgotten");
    await graph.delete(`/applications/${daemon.id}`);
    azure.clock.advance({ days: 30, seconds: -1 });
    expect((await graph.get(`/directory/deletedItems/${daemon.id}`)).status).toBe(200);
    azure.clock.advance({ seconds: 1 });
    expect((await graph.get(`/directory/deletedItems/${daemon.id}`)).status).toBe(404);
    azure.clock.set("2026-03-01T09:00:00Z");
  });
});

describe("users", () => {
  it("are listed with Graph's default properties", async () => {
    const { body } = await graph.get("/users?$top=1");
    expect(Object.keys(body.value?.[0] ?? {}).toSorted()).toEqual(
      [
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
      ].toSorted(),
    );
    expect(body).toHaveProperty(["@odata.nextLink"]);
  });

  it("are read by object ID and by user principal name, with the properties selected", async () => {
    const name = "ingrid.vermeer@contoso.example";
    const { body } = await graph.get(`/users/${name}?$select=id,mailNickname,accountEnabled`);
    expect(body).toMatchObject({ mailNickname: "ingrid.vermeer", accountEnabled: true });
    expect((await graph.get(`/users/${body.id ?? ""}`)).body["userPrincipalName"]).toBe(name);
    const filtered = await graph.get(`/users?$filter=userPrincipalName eq '${name}'`);
    expect(filtered.body.value).toHaveLength(1);
    expect((await graph.get("/users/nobody@contoso.example")).status).toBe(404);
  });

  it("show less to who may read only the basics", async () => {
    const graphId = (await graph.get(`/servicePrincipals(appId='${graphAppId}')?$select=id`)).body.id;
    const principalId = identities.stranger.objectId;
    await graph.post(`/servicePrincipals/${principalId}/appRoleAssignments`, {
      principalId,
      resourceId: graphId,
      appRoleId: basicRole,
    });
    const { body } = await new GraphClient(azure, "stranger").get("/users?$filter=givenName eq 'Ingrid'");
    expect(body.value?.[0]).toMatchObject({ displayName: "Ingrid Vermeer", jobTitle: null });
  });
});

describe("the tenant", () => {
  it("shows itself and its domains", async () => {
    expect((await graph.get("/organization")).body.value).toEqual([
      expect.objectContaining({ id: tenant.id, displayName: tenant.displayName }),
    ]);
    const domains = await graph.get("/domains");
    expect(domains.body.value?.map(({ id }) => id)).toEqual([tenant.domain, tenant.initialDomain]);
  });

  it("tells what of its quota is used, in beta, to who asks", async () => {
    const quotaOf = async (version: string, query: string): Promise<unknown> =>
      (await graph.get(`https://graph.microsoft.com/${version}/organization${query}`)).body.value?.[0]?.[
        "directorySizeQuota"
      ];
    const selected = "?$select=id,directorySizeQuota";
    const before = (await quotaOf("beta", selected)) as { used: number };
    await graph.createDaemon("that counts twice");
    expect(await quotaOf("beta", selected)).toEqual({ used: before.used + 2, total: 300_000 });
    expect(await quotaOf("beta", "")).toBeUndefined();
    expect(await quotaOf("v1.0", selected)).toBeUndefined();
  });

  it("finds objects of every kind by their IDs", async () => {
    const { id, principalId } = await graph.createDaemon("of some kind");
    const user = "5d0e7a31-1c2f-4b86-9e57-8f3a6c2d1b04";
    const found = await graph.post("/directoryObjects/getByIds", { ids: [id, principalId, user] });
    expect(found.body.value?.map((object) => object["@odata.type"])).toEqual([
      "#microsoft.graph.application",
      "#microsoft.graph.servicePrincipal",
      "#microsoft.graph.user",
    ]);
    const typed = await graph.post("/directoryObjects/getByIds", { ids: [id, principalId, user], types: ["user"] });
    expect(typed.body.value).toHaveLength(1);
    expect((await graph.get(`/directoryObjects/${principalId}`)).body.id).toBe(principalId);
  });

  it("has no signed-in user", async () => {
    const reply = await graph.get("/me");
    expect([reply.status, reply.body.error?.message]).toEqual([
      400,
      "/me request is only valid with delegated authentication flow.",
    ]);
  });

  it("gives managed identities a service principal that goes with them", () => {
    const { directory } = azure.azure.cloud;
    const resourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
    const identity = addManagedIdentity(directory, { displayName: "i", resourceId });
    expect(directory.principal(identity.principalId)).toEqual({
      objectId: identity.principalId,
      kind: "ServicePrincipal",
      displayName: "i",
      appId: identity.clientId,
    });
    removeManagedIdentity(directory, identity.principalId);
    expect(directory.principal(identity.principalId)).toBeUndefined();
  });
});
