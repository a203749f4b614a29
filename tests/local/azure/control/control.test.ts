import { readFileSync, statSync } from "node:fs";
import { LocalAzure } from "../../../../local/azure/localAzure";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let directory: string;
let azure: LocalAzure;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "local-azure-"));
  azure = await LocalAzure.open({ stateDirectory: directory, control: { port: 0 }, conditions: { seed: 3 } });
});

afterEach(async () => {
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
});

const address = () => {
  if (azure.control === undefined) throw new Error("the control address is closed");
  return azure.control;
};

async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const token = readFileSync(address().tokenFile, "utf8").trim();
  const response = await fetch(`${address().url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const own = "description: a scenario of a test\nrules:\n  - service: graph\n    before: reset\n";

it("puts scenarios into force by name or with a body, lists and ends them", async () => {
  expect((await send("PUT", "/faults/graph-throttled")).status).toBe(200);
  expect((await send("PUT", "/faults/mine", own)).body).toMatchObject({ name: "mine", rules: [{ before: "reset" }] });
  expect(azure.faults.scenarios.map(({ name }) => name)).toEqual(["graph-throttled", "mine"]);
  expect((await send("GET", "/faults")).body).toMatchObject({
    scenarios: [{ name: "graph-throttled" }, { name: "mine" }],
  });
  expect((await send("DELETE", "/faults/mine")).status).toBe(200);
  expect((await send("DELETE", "/faults/mine")).body["error"]).toMatch(/^No scenario "mine" is in force\./);
  expect((await send("DELETE", "/faults")).body).toEqual({ scenarios: [] });
  expect(azure.faults.scenarios).toEqual([]);
});

it("tells what was injected, and changes seed and modes", async () => {
  expect((await send("GET", "/injected")).body).toEqual({ seed: 3, counts: [], records: [] });
  const change = JSON.stringify({ seed: 9, latency: { profile: "azure", factor: 0.5 } });
  const changed = { seed: 9, replication: null, throttling: null, latency: { profile: "azure", factor: 0.5 } };
  expect((await send("PUT", "/conditions", change)).body).toEqual(changed);
  expect((await send("GET", "/conditions")).body).toEqual(changed);
  expect((await send("PUT", "/conditions", '{"latency": null}')).body).toEqual({ ...changed, latency: null });
});

it.each([
  ["PUT", "/faults/unknown", undefined, 400, /^There is no fault scenario "unknown"/],
  ["PUT", "/faults/Mine", own, 400, /^A scenario's name has lowercase letters/],
  ["PUT", "/faults/mine", "rules: [", 400, /^The body is neither JSON nor YAML/],
  ["PUT", "/faults/mine", "rules: []", 400, /^The fault scenario mine has 2 problems:\n {2}description/],
  ["PUT", "/conditions", '{"seed": -1, "replication": 1}', 400, /^Give an object of seed/],
  ["POST", "/faults", "", 404, /^There is no POST \/faults\. There are GET and DELETE \/faults/],
  ["GET", "/a/b/c", undefined, 404, /^\/a\/b\/c does not exist/],
])("%s %s is refused in words", async (method, path, body, status, reason) => {
  const refused = await send(method, path, body);
  expect(refused.status).toBe(status);
  expect(refused.body["error"]).toMatch(reason);
});

it("is for the owner of the state alone: not without the token, not for a web page", async () => {
  expect(statSync(address().tokenFile).mode & 0o777).toBe(0o600);
  expect((await fetch(`${address().url}/faults`)).status).toBe(401);
  expect((await send("GET", "/faults", undefined, { authorization: "Bearer wrong" })).status).toBe(401);
  expect((await send("GET", "/faults", undefined, { origin: "https://example.org" })).status).toBe(403);
});

it("is closed unless it is asked for, and its token goes with it", async () => {
  const { tokenFile } = address();
  await azure.close();
  expect(() => statSync(tokenFile)).toThrow("ENOENT");
  azure = await LocalAzure.open({ stateDirectory: directory });
  expect(azure.control).toBeUndefined();
});
