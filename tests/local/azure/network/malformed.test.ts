import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { resourceGroupId, tenant } from "../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../support/localAzure";
import { soaking } from "../../../support/soak";
import { exchange, openConnection, type Door } from "./support/exchange";
import { heapInUse } from "./support/heap";
import { canary, malformed, type Malformed, type Target } from "./support/malformed";

const runs = soaking ? 10_000 : 250;
/** How many are on their way at once. */
const atOnce = 20;
/** As many again before memory is measured: caches are full then. */
const warmUp = soaking ? 1_000 : 0;

const arm = "https://management.azure.com";
const group = `${arm}${resourceGroupId("rg-daemons")}`;
const graph = "https://graph.microsoft.com";
const storage = "https://storage.azure.com";

/** Operations of each service, with the resource that their tokens are for. */
const operations = [
  [arm, `${group}?api-version=2024-03-01`],
  [arm, `${group}/resources?api-version=2024-03-01`],
  [arm, `${group}/providers/Microsoft.Storage/storageAccounts/stmalformed?api-version=2024-01-01`],
  [arm, `${group}/providers/Microsoft.Authorization/roleAssignments/x?api-version=2022-04-01`],
  [graph, `${graph}/v1.0/applications`],
  [graph, `${graph}/v1.0/$batch`],
  ["https://vault.azure.net", "https://kv-none.vault.azure.net/secrets/a?api-version=7.4"],
  [storage, "https://stlake.dfs.core.windows.net/data/a?resource=file"],
  [storage, "https://stlake.blob.core.windows.net/data/a?comp=block&blockid=YQ=="],
  [graph, `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`],
] as const;

let azure: LocalAzureForTests;
let door: Door;
let targets: Target[];

beforeAll(async () => {
  azure = await LocalAzureForTests.open();
  door = { proxyUrl: azure.azure.proxyUrl, ca: await readFile(azure.azure.caFile, "utf8") };
  targets = await Promise.all(
    operations.map(async ([resource, url]) => {
      const { host, pathname, search } = new URL(url);
      const token = await azure.token("administrator", `${resource}/.default`);
      return { host, path: pathname + search, authorization: `Bearer ${token}` };
    }),
  );
});
afterAll(() => azure.close());

/** Sends requests, and tells of those that were not answered as they should be. */
async function unanswered(requests: readonly Malformed[]): Promise<unknown[]> {
  const wrongly: unknown[] = [];
  for (let from = 0; from < requests.length; from += atOnce) {
    await Promise.all(
      requests.slice(from, from + atOnce).map(async ({ kind, host, bytes, ends, isHopeless }) => {
        const { status = 0, end } = await exchange(await openConnection(door, host), bytes, ends);
        const isRefused = (status >= 400 && status < 500) || status === 505;
        const isTaken = (status >= 200 && status < 400) || status === 501;
        if (!isRefused && (isHopeless || !isTaken)) {
          wrongly.push({ kind, host, status, end, request: bytes.toString("latin1").slice(0, 300) });
        }
      }),
    );
  }
  return wrongly;
}

it(`answers each of ${runs} malformed requests, and is as well as before`, async () => {
  const samples = fc.sample(malformed(targets), { numRuns: warmUp + runs, seed: 12 });
  const early = await unanswered(samples.slice(0, warmUp));
  const before = heapInUse();
  expect([...early, ...(await unanswered(samples.slice(warmUp)))]).toEqual([]);
  const after = heapInUse();
  if (soaking) {
    process.stderr.write(`memory before ${before} bytes, after ${runs} malformed requests ${after} bytes\n`);
    expect(after).toBeLessThan(before * 1.2);
  }
  const { status } = await azure.call("administrator", `${graph}/.default`, "GET", `${graph}/v1.0/applications?$top=1`);
  expect(status).toBe(200);
}, 1_200_000);

const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

describe("a name that every object of JavaScript has something under is unknown like any other", () => {
  it.each([
    ["a property", "POST", `${graph}/v1.0/applications`, { displayName: "a", constructor: { name: "a" } }, 400],
    ["a word of a filter", "GET", `${graph}/v1.0/applications?$filter=constructor eq 'a'`, undefined, 400],
    ["an expansion", "GET", `${graph}/v1.0/applications?$expand=constructor`, undefined, 501],
    [
      "a tenant",
      "GET",
      "https://login.microsoftonline.com/constructor/v2.0/.well-known/openid-configuration",
      undefined,
      400,
    ],
  ])("%s", async (_, method, url, body, expected) => {
    const { status } = await azure.call("administrator", `${graph}/.default`, method, url, body);
    expect(status).toBe(expected);
  });
});

it.each([
  [64, 201],
  [65, 400],
])("takes JSON of %d levels with %d", async (levels, expected) => {
  const body = { displayName: "deep", servicePrincipalLockConfiguration: deep(levels - 1) };
  const { status } = await azure.call("administrator", `${graph}/.default`, "POST", `${graph}/v1.0/applications`, body);
  expect(status).toBe(expected);
});

it("logs nothing of what a client sends in headers, bodies, queries and addresses", async () => {
  await azure.restart();
  const log = await readFile(join(azure.stateDirectory, "requests.log"), "utf8");
  expect(log).toContain("graph.microsoft.com");
  expect(log).not.toContain(canary);
});
