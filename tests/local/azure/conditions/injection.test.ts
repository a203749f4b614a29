import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { parsedScenario } from "../../../../local/azure/conditions/faults/scenarioFiles";
import { LocalAzureForTests } from "../../../support/localAzure";

const graph = "https://graph.microsoft.com";
const applications = `${graph}/v1.0/applications`;
const scope = `${graph}/.default`;

let local: LocalAzureForTests;

beforeEach(async () => {
  local = await LocalAzureForTests.open({ conditions: { seed: 1 } });
});

afterEach(() => local.close());

const enact = (...rules: readonly object[]): void => {
  local.azure.faults.enact(parsedScenario("trial", { description: "a scenario of a test", rules }, "trial"));
};

const refused = { status: 418, code: "Teapot", message: "It is {host}.", headers: { "Retry-After": "1" } };

it.each([
  [
    "graph",
    `${graph}/v1.0/users`,
    { error: { code: "Teapot", message: "It is graph.microsoft.com.", innerError: expect.anything() as unknown } },
  ],
  [
    "arm",
    "https://management.azure.com/subscriptions",
    { error: { code: "Teapot", message: "It is management.azure.com." } },
  ],
  [
    "entra",
    "https://login.microsoftonline.com/x/oauth2/v2.0/token",
    { error: "Teapot", error_description: "It is login.microsoftonline.com." },
  ],
  [
    "keyVault",
    "https://kv-a.vault.azure.net/secrets",
    { error: { code: "Teapot", message: "It is kv-a.vault.azure.net." } },
  ],
  [
    "dataLake",
    "https://a.dfs.core.windows.net/",
    {
      error: {
        code: "Teapot",
        message: expect.stringMatching(/^It is a\.dfs\.core\.windows\.net\.\nRequestId:/) as unknown,
      },
    },
  ],
  [
    "dataLakeGen1",
    "https://a.azuredatalakestore.net/webhdfs/v1/",
    {
      RemoteException: {
        exception: "Teapot",
        javaClassName: "java.io.Teapot",
        message: expect.stringMatching(/^It is a\.azure/) as unknown,
      },
    },
  ],
])("answers in the envelope of %s, with the header that the rule has", async (service, url, body) => {
  enact({ service, answer: refused });
  const response = await local.fetch(url);
  expect({ status: response.status, retryAfter: response.headers.get("retry-after") }).toEqual({
    status: 418,
    retryAfter: "1",
  });
  expect(await response.json()).toEqual(body);
});

it("answers in the XML of blobs, and in the whole envelope of a refused sign-in", async () => {
  enact({ service: "dataLake", answer: refused }, { service: "entra", answer: { ...refused, code: "AADSTS7000215" } });
  expect(await (await local.fetch("https://a.blob.core.windows.net/x")).text()).toMatch(
    /<Error><Code>Teapot<\/Code><Message>It is/,
  );
  const told = await (await local.fetch("https://login.microsoftonline.com/x/oauth2/v2.0/token")).json();
  expect(told).toMatchObject({ error: "invalid_client", error_codes: [7000215] });
});

const make = (token: string) =>
  local.fetch(applications, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ displayName: "Trial" }),
  });

async function countOfTrials(): Promise<number> {
  const { body } = await local.call("administrator", scope, "GET", `${applications}?$filter=displayName eq 'Trial'`);
  return (body as { readonly value: readonly unknown[] }).value.length;
}

it("resets the connection before anything took effect, and loses an answer after it did", async () => {
  const token = await local.token("deployer", scope);
  enact({ service: "graph", before: "reset" }, { service: "graph", method: "POST", after: "lost" });
  await expect(make(token)).rejects.toThrow("fetch failed");
  expect(await countOfTrials()).toBe(0);
  await expect(make(token)).rejects.toThrow("fetch failed");
  expect(await countOfTrials()).toBe(1);
});

it("ends the connection amid a body, and sends one slowly but whole", async () => {
  const token = await local.token("deployer", scope);
  enact({ service: "graph", after: "half" }, { service: "graph", after: { slowMs: 20 } });
  const half = await make(token);
  expect(half.status).toBe(201);
  await expect(half.text()).rejects.toThrow("terminated");
  expect(await (await make(token)).json()).toMatchObject({ displayName: "Trial" });
});

it("gives no answer, and closes all the same", async () => {
  enact({ service: "graph", before: "silence" });
  const asked = new AbortController();
  const silent = local.fetch(applications, { signal: asked.signal });
  while (local.azure.injections.counts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  asked.abort();
  await expect(silent).rejects.toThrow("aborted");
});

it("knows the caller by the token, or by client_id where it asks for one", async () => {
  enact(
    { service: "entra", caller: "consumer", answer: refused },
    { service: "graph", caller: "deployer", answer: refused },
  );
  await expect(local.token("consumer", scope)).rejects.toThrow();
  expect((await local.call("administrator", scope, "GET", applications)).status).toBe(200);
  expect((await local.call("deployer", scope, "GET", applications)).status).toBe(418);
});

it("marks the request's line in the log with the scenario and the rule, and counts it", async () => {
  enact({ name: "tea", service: "graph", answer: refused });
  await local.fetch(applications);
  expect(local.azure.injections.counts).toEqual([{ scenario: "trial", rule: "tea", effect: "answer", count: 1 }]);
  expect(local.azure.injections.records).toEqual([
    expect.objectContaining({ scenario: "trial", rule: "tea", method: "GET", path: "/v1.0/applications", status: 418 }),
  ]);
  await local.azure.close();
  const lines = readFileSync(join(local.stateDirectory, "requests.log"), "utf8").trim().split("\n");
  const records = lines.map((line) => JSON.parse(line) as RequestRecord);
  expect(records.filter(({ injected }) => injected !== undefined)).toEqual([
    expect.objectContaining({
      status: 418,
      code: "Teapot",
      injected: { scenario: "trial", rule: "tea", effect: "answer" },
    }),
  ]);
});

it("keeps a refused call from its service, also where the service reads no body", async () => {
  const { body } = await local.call("administrator", scope, "POST", applications, { displayName: "Loader" });
  const application = `${applications}/${(body as { id: string }).id}`;
  const call = async (method: string, sent?: object): Promise<number> =>
    (await local.call("administrator", scope, method, application, sent)).status;
  enact({ service: "graph", method: "DELETE", answer: refused });
  expect(await call("DELETE", {})).toBe(418);
  expect(await call("GET")).toBe(200);
  expect(await call("DELETE", {})).toBe(204);
  expect(await call("GET")).toBe(404);
});
