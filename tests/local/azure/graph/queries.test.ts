import { GraphClient, type GraphReply } from "../../../support/graphClient";
import { LocalAzureForTests } from "../../../support/localAzure";

const eventual = { consistencylevel: "eventual" };

let azure: LocalAzureForTests;
let graph: GraphClient;
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  graph = new GraphClient(azure, "administrator");
  await graph.createDaemon("Forecast loader", { description: "loads the weather" });
  await graph.createDaemon("Report mailer");
});
afterAll(() => azure.close());

const namesOf = ({ body }: GraphReply): unknown[] => body.value?.map(({ displayName }) => displayName) ?? [];
const refusal = ({ status, body }: GraphReply): unknown[] => [status, body.error?.code, body.error?.message];

/** What the request log says of a request, whether it is unknown. */
async function unknown(asked: Promise<GraphReply>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const stop = azure.azure.requests.listen((record) => {
    if (record.service === "graph") seen.push(record.unknown);
  });
  const { status } = await asked;
  stop();
  return [status, ...seen];
}

describe("queries", () => {
  it("count a list, as text, where the request allows for delay", async () => {
    const count = (query = ""): Promise<GraphReply> => graph.get(`/users/$count${query}`, eventual);
    expect([(await count()).body, (await count("?$filter=userType eq 'Guest'")).body]).toEqual(["6", "1"]);
    expect(refusal(await graph.get("/users/$count"))).toEqual([
      400,
      "Request_BadRequest",
      "$count is not currently supported.",
    ]);
    expect((await graph.get('/applications/$count?$search="displayName:forecast"', eventual)).body).toBe("1");
  });

  it("refuse $skip, as the directory does", async () => {
    expect(refusal(await graph.get("/users?$skip=1"))).toEqual([
      400,
      "Request_BadRequest",
      "'$skip' is not supported by the service.",
    ]);
  });

  it.each([
    ["/users?$select=id,shoeSize", "Parsing OData Select and Expand failed: ", "shoeSize", "user"],
    ["/applications?$select=colour", "Parsing OData Select and Expand failed: ", "colour", "application"],
    ["/users?$orderby=shoeSize", "", "shoeSize", "user"],
    ["/users?$filter=shoeSize eq 1", "Invalid filter clause: ", "shoeSize", "user"],
  ])("refuse a property that nobody has: %s", async (path, where, property, type) => {
    expect(refusal(await graph.get(path))).toEqual([
      400,
      "BadRequest",
      `${where}Could not find a property named '${property}' on type 'microsoft.graph.${type}'.`,
    ]);
  });

  it("order by what Graph orders by, and only so", async () => {
    const users = await graph.get("/users?$orderby=surname desc&$select=surname&$top=2");
    expect(users.body.value).toEqual([{ surname: "Watanabe" }, { surname: "Vermeer" }]);
    expect(refusal(await graph.get("/users?$orderby=createdDateTime"))).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Unsupported sort property 'createdDateTime' for 'User'.",
    ]);
    expect((await graph.get("/users?$orderby=createdDateTime", eventual)).status).toBe(200);
    const filtered = "/users?$filter=userType eq 'Member'&$orderby=displayName";
    expect(refusal(await graph.get(filtered))).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Sorting not supported for current query.",
    ]);
    expect(namesOf(await graph.get(filtered, eventual))[0]).toBe("Amina Diallo");
  });

  it.each([
    "accountEnabled eq true and jobTitle eq 'Product owner'",
    "department eq null and givenName eq 'Lucía'",
    "startswith(displayName,'Luc')",
    "jobTitle in ('Product owner','Nobody')",
    "createdDateTime le 2026-03-01T09:00:00Z and surname eq 'Herrera'",
  ])("filter users by what Graph documents: %s", async (filter) => {
    expect(namesOf(await graph.get(`/users?$filter=${encodeURIComponent(filter)}`))).toEqual(["Lucía Herrera"]);
  });

  it("filter by a list's length and by its elements", async () => {
    const none = await graph.get("/users?$filter=assignedLicenses/$count eq 0&$count=true", eventual);
    expect(none.body["@odata.count"]).toBe(6);
    expect(namesOf(await graph.get("/users?$filter=otherMails/any(m:m eq 'x')"))).toEqual([]);
    expect(namesOf(await graph.get("/users?$filter=proxyAddresses/any()"))).toEqual([]);
  });

  it("search words in names, where the request allows for delay", async () => {
    const search = (text: string): Promise<GraphReply> =>
      graph.get(`/applications?$search=${encodeURIComponent(text)}`, eventual);
    expect(namesOf(await search('"displayName:load fore"'))).toEqual(["Forecast loader"]);
    expect(namesOf(await search('"displayName:orecast"'))).toEqual([]);
    expect(namesOf(await search('"displayName:forecast" OR "displayName:mailer"'))).toEqual([
      "Forecast loader",
      "Report mailer",
    ]);
    expect(namesOf(await search('"displayName:forecast" AND "displayName:mailer"'))).toEqual([]);
    const early = await graph.get('/applications?$search="displayName:forecast"');
    expect([early.status, early.body.error?.code]).toEqual([400, "Request_UnsupportedQuery"]);
  });

  it("read no further than a page needs", async () => {
    const first = await graph.get("/applications?$top=1&$select=displayName");
    const second = await graph.get(String(first.body["@odata.nextLink"]));
    expect([first, second].flatMap(namesOf)).toHaveLength(2);
    expect(namesOf(first)).not.toEqual(namesOf(second));
  });

  it("take a doubled slash for one", async () => {
    expect((await graph.get("https://graph.microsoft.com//v1.0//users?$top=1")).status).toBe(200);
  });

  it.each([
    "/users/delta",
    "/users/delta()",
    "/groups/delta?$select=id",
    "/applications/delta",
    "/servicePrincipals/delta",
    "/applications(displayName='x')",
    "/users?$expand=manager",
    "/users?$select=signInActivity",
    "/users?$filter=signInActivity/lastSignInDateTime le 2026-01-01T00:00:00Z",
    "/users?$filter=contains(displayName,'a')",
    "/users?$apply=groupby((jobTitle))",
    "/users?$format=atom",
    "/applications?foo=bar",
    "/organization?$filter=id eq 'x'",
    "/directoryObjects/delta",
    '/groups?$search="theme:x"',
    "/sites",
  ])("answer 501 to what local Azure does not carry out: %s", async (path) => {
    expect(await unknown(graph.get(path, eventual))).toEqual([501, true]);
  });
});

describe("batches", () => {
  const batch = (requests: readonly object[]): Promise<GraphReply> => graph.post("/$batch", { requests });
  const responsesOf = ({ body }: GraphReply) =>
    body["responses"] as { id: string; status: number; body: Record<string, unknown>; headers: object }[];

  it("answer each request on its own", async () => {
    const reply = await batch([
      { id: "1", method: "GET", url: "/users?$top=1&$select=surname" },
      {
        id: "2",
        method: "POST",
        url: "/applications",
        headers: { "Content-Type": "application/json" },
        body: { displayName: "batched" },
      },
      { id: "3", method: "GET", url: "users/nobody@contoso.example" },
      { id: "4", method: "GET", url: "/users/$count", headers: { ConsistencyLevel: "eventual" } },
    ]);
    expect(reply.status).toBe(200);
    expect(responsesOf(reply).map(({ id, status }) => [id, status])).toEqual([
      ["1", 200],
      ["2", 201],
      ["3", 404],
      ["4", 200],
    ]);
    expect(responsesOf(reply)[1]?.body["displayName"]).toBe("batched");
    expect(responsesOf(reply)[3]?.body).toBe("6");
  });

  it("do not try what depends on a request that failed", async () => {
    const reply = await batch([
      { id: "a", method: "DELETE", url: "/applications/00000000-0000-0000-0000-000000000001" },
      { id: "b", method: "POST", url: "/applications", body: { displayName: "never" }, dependsOn: ["a"] },
    ]);
    expect(responsesOf(reply).map(({ status }) => status)).toEqual([404, 424]);
    expect(namesOf(await graph.get("/applications?$filter=displayName eq 'never'"))).toEqual([]);
  });

  it("hold twenty requests at most, and each under an ID of its own", async () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ id: String(index), method: "GET", url: "/users" }));
    expect((await batch(many)).body.error?.code).toBe("MaximumValueExceeded");
    const twice = { id: "1", method: "GET", url: "/users" };
    expect((await batch([twice, twice])).body.error?.code).toBe("BadRequest");
  });

  it("stand in the log as unknown where one of their requests is", async () => {
    const asked = batch([{ id: "1", method: "GET", url: "/sites" }]);
    expect(await unknown(asked)).toEqual([200, true]);
    expect(responsesOf(await asked)[0]?.status).toBe(501);
  });
});
