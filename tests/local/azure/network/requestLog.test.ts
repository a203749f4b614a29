import { ProxyAgent, request } from "undici";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { LocalAzureForTests } from "../../../support/localAzure";

let azure: LocalAzureForTests;
let records: RequestRecord[];
beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  azure.azure.requests.listen((record) => records.push(record));
});
beforeEach(() => {
  records = [];
});
afterAll(() => azure.close());

const agentAt = async (uri: string): Promise<ProxyAgent> =>
  new ProxyAgent({ uri, requestTls: { ca: await readFile(azure.azure.caFile, "utf8") } });

/** Asks as a client does that knows no CONNECT. */
async function throughProxy(url: string): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(azure.azure.proxyUrl);
  const asked = get({ hostname, port, path: url, headers: { host: new URL(url).host } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

describe("the request log", () => {
  it("marks a request that local Azure does not know, with method, host and path", async () => {
    const { status } = await azure.call(
      "administrator",
      "https://graph.microsoft.com/.default",
      "GET",
      "https://graph.microsoft.com/v1.0/drives?$top=1",
    );
    expect(status).toBe(501);
    expect(records.at(-1)).toMatchObject({
      service: "graph",
      method: "GET",
      host: "graph.microsoft.com",
      path: "/v1.0/drives",
      status: 501,
      unknown: true,
    });
  });

  it("marks a host that local Azure does not stand in for, though nothing can be asked there", async () => {
    await expect(azure.fetch("https://dc.services.visualstudio.com/v2/track")).rejects.toThrow();
    expect(records).toEqual([
      {
        time: expect.any(String) as string,
        service: "none",
        method: "CONNECT",
        host: "dc.services.visualstudio.com",
        path: "",
        status: 403,
        ms: 0,
        unknown: true,
      },
    ]);
  });

  it("shows a request whose whole address was handed to the proxy like any other", async () => {
    const url = "https://graph.microsoft.com/v1.0/users?$top=1";
    const { status, body } = await throughProxy(url);
    expect([status, body]).toEqual([401, expect.stringContaining("InvalidAuthenticationToken")]);
    expect(records).toMatchObject([
      { service: "graph", host: "graph.microsoft.com", path: "/v1.0/users", status: 401 },
    ]);
  });

  it.each(["http://graph.microsoft.com/v1.0/users", "https://example.org/simple", "https://graph.microsoft.com:8443/"])(
    "marks %s, which the proxy lets nobody reach",
    async (url) => {
      expect(await throughProxy(url)).toMatchObject({ status: 403 });
      const { host, pathname } = new URL(url);
      expect(records).toMatchObject([{ method: "GET", host, path: pathname, status: 403, unknown: true }]);
    },
  );

  it("marks nothing that local Azure knows, refused or not", async () => {
    await azure.fetch("https://graph.microsoft.com/v1.0/users");
    expect(records).toMatchObject([{ status: 401 }]);
    expect(records[0]).not.toHaveProperty("unknown");
  });

  it("names the client whose own entrance a request came by, and no other", async () => {
    const entrance = await azure.azure.openEntrance("python-msal");
    const agent = await agentAt(entrance.proxyUrl);
    const url = "https://graph.microsoft.com/v1.0/users";
    await (await request(url, { dispatcher: agent })).body.dump();
    await azure.fetch(url);
    await agent.close();
    await entrance.close();
    expect(records.map(({ client }) => client)).toEqual(["python-msal", undefined]);
  });

  it("is a file of JSON lines without queries", async () => {
    await azure.fetch("https://graph.microsoft.com/v1.0/users?$filter=secret");
    // Lines are written a moment later, together; all of them when local Azure ends.
    await azure.restart();
    const file = await readFile(join(azure.stateDirectory, "requests.log"), "utf8");
    const last = file.trim().split("\n").at(-1) ?? "";
    expect(JSON.parse(last)).toEqual(records.at(-1));
    expect(last).not.toContain("filter");
  });
});
