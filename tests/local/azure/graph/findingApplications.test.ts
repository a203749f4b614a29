import { GraphClient } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

let azure: LocalAzureForTests;
let deployer: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  deployer = new GraphClient(azure, "deployer");
});
afterAll(() => azure.close());

describe("finding applications", () => {
  beforeAll(async () => {
    for (const name of ["find-a", "find-b", "find-c"]) {
      await deployer.createDaemon(name, { tags: [name], identifierUris: [`api://${name}`] });
    }
  });

  it.each([
    ["displayName eq 'FIND-A'", ["find-a"]],
    ["startswith(displayName,'find-')", ["find-a", "find-b", "find-c"]],
    ["startsWith(displayName, 'find-') and (displayName eq 'find-a' or displayName eq 'find-c')", ["find-a", "find-c"]],
    ["displayName in ('find-b', 'find-c')", ["find-b", "find-c"]],
    ["tags/any(t:t eq 'find-b')", ["find-b"]],
    ["identifierUris/any(uri:startswith(uri,'api://find-c'))", ["find-c"]],
    ["displayName eq 'it''s not there'", []],
    ["startswith(displayName,'find-') and createdDateTime ge 2026-03-01T09:00:01Z", []],
  ])("filters by %s", async (filter, names) => {
    const { body } = await deployer.get(`/applications?$filter=${encodeURIComponent(filter)}&$select=displayName`);
    expect(body.value).toEqual(names.map((displayName) => ({ displayName })));
  });

  it("answers to the application ID as well as to the object ID", async () => {
    const { id, appId } = await deployer.createDaemon("by either ID");
    for (const path of [
      `/applications/${id}`,
      `/applications(appId='${appId}')`,
      `/applications/${id.toUpperCase()}`,
    ]) {
      expect((await deployer.get(`${path}?$select=id`)).body.id).toBe(id);
    }
  });

  it("pages, counts and orders", async () => {
    const query =
      "$filter=startswith(displayName,'find-')&$select=displayName&$orderby=displayName desc&$count=true&$top=2";
    const first = await deployer.get(`/applications?${query}`, { consistencylevel: "eventual" });
    expect(first.body["@odata.count"]).toBe(3);
    expect(first.body.value).toEqual([{ displayName: "find-c" }, { displayName: "find-b" }]);
    const second = await deployer.get(String(first.body["@odata.nextLink"]), { consistencylevel: "eventual" });
    expect(second.body.value).toEqual([{ displayName: "find-a" }]);
    expect(second.body).not.toHaveProperty(["@odata.nextLink"]);
  });

  it.each([
    ["$filter=displayName eq", "BadRequest"],
    ["$filter=color eq 'red'", "BadRequest"],
    ["$filter=displayName ne 'a'", "Request_UnsupportedQuery"],
    ["$top=0", "BadRequest"],
    ["$top=1000", "Request_UnsupportedQuery"],
    ["$skiptoken=stale", "Directory_ExpiredPageToken"],
  ])("refuses the query %s", async (query, code) => {
    const reply = await deployer.get(`/applications?${query}`);
    expect([reply.status, reply.body.error?.code]).toEqual([400, code]);
  });

  it("takes advanced operators where the request allows for delay", async () => {
    const filter = "startswith(displayName,'find-') and displayName ne 'find-a'";
    const reply = await deployer.get(`/applications?$filter=${filter}&$count=true`, { consistencylevel: "eventual" });
    expect(reply.body["@odata.count"]).toBe(2);
  });

  it("says what is missing of an ID that nobody has", async () => {
    const id = "11111111-2222-3333-4444-555555555555";
    const reply = await deployer.get(`/applications/${id}`);
    expect(reply.status).toBe(404);
    expect(reply.body.error).toEqual({
      code: "Request_ResourceNotFound",
      message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      innerError: {
        date: "2026-03-01T09:00:00",
        "request-id": expect.any(String) as string,
        "client-request-id": expect.any(String) as string,
      },
    });
  });
});
