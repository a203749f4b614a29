import { delays } from "../../../../local/azure/conditions/latency/delays";
import { latencyMode, type Latency } from "../../../../local/azure/conditions/latency/latency";
import type { Call } from "../../../../local/azure/conditions/call";
import { randomStream } from "../../../../local/azure/conditions/seed";
import { systemClock } from "../../../../local/azure/clock";
import { Gateway } from "../../../../local/azure/network/gateway";
import type { RequestRecord } from "../../../../local/azure/network/requestLog";
import { LocalAzureForTests } from "../../../support/localAzure";
import { request as httpRequest } from "node:http";

const opened = (factor = 1, seed = 7): Latency =>
  latencyMode.open({ clock: systemClock, random: randomStream(seed, "latency"), factor });

const callTo = (service: string, method: string, path: string): Call => ({
  request: { id: "1", method, host: "", path, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) },
  service,
  caller: {},
  gone: new AbortController().signal,
});

const assignment = callTo("arm", "PUT", "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a");
const account = callTo("arm", "PUT", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a");

it("draws each call's time from the range of its kind", () => {
  const latency = opened();
  for (let count = 0; count < 100; count += 1) {
    const time = latency.delayOf(assignment);
    expect(time).toBeGreaterThanOrEqual(1200);
    expect(time).toBeLessThan(2000);
  }
  const application = latency.delayOf(callTo("graph", "POST", "/v1.0/applications"));
  expect(application).toBeGreaterThanOrEqual(500);
  expect(application).toBeLessThan(700);
  expect(latency.delayOf(callTo("dataLake", "GET", "/files"))).toBeLessThan(200);
});

it("draws the same times for the same seed, whatever other calls come between, and others for another seed", () => {
  const alone = opened();
  const times = [alone.delayOf(assignment), alone.delayOf(assignment)];
  const among = opened();
  among.delayOf(account);
  const first = among.delayOf(assignment);
  among.delayOf(callTo("entra", "POST", "/t/oauth2/v2.0/token"));
  expect([first, among.delayOf(assignment)]).toEqual(times);
  expect(opened(1, 8).delayOf(assignment)).not.toBe(times[0]);
});

it("multiplies by the factor", () => {
  expect(opened(0.1).delayOf(assignment)).toBeCloseTo(opened().delayOf(assignment) / 10, 6);
  expect(opened(0).delayOf(assignment)).toBe(0);
});

it("says when Azure is done with what it has accepted, and leaves every other answer", () => {
  const accepted = { status: 202, headers: { "retry-after": "1", "retry-after-ms": "1" } };
  const { headers = {} } = opened().told(account, accepted);
  const wait = Number(headers["retry-after-ms"]);
  expect(wait).toBeGreaterThanOrEqual(17_000);
  expect(wait).toBeLessThanOrEqual(25_000);
  expect(headers["retry-after"]).toBe(String(Math.ceil(wait / 1000)));
  const look = { ...account, request: { ...account.request, method: "GET" } };
  expect(opened().told(look, accepted)).toBe(accepted);
  const made = { status: 201 };
  expect(opened().told(account, made)).toBe(made);
});

it("knows a range for every kind, the shortest first", () => {
  expect(new Set(delays.map(({ of }) => of)).size).toBe(delays.length);
  expect(delays.filter(({ shortest, longest }) => shortest <= 0 || longest < shortest)).toEqual([]);
});

it("lets a call to a running local Azure take its time, and logs it", async () => {
  const conditions = { latency: { profile: "azure", factor: 0.01 }, seed: 3 } as const;
  const azure = await LocalAzureForTests.open({ conditions });
  const records: RequestRecord[] = [];
  azure.azure.requests.listen((record) => records.push(record));
  await azure.token("consumer", "https://graph.microsoft.com/.default");
  await azure.close();
  const [record] = records;
  expect(record?.delay).toBeGreaterThanOrEqual(1.5);
  expect(record?.delay).toBeLessThan(4);
});

it("tells a call whose client goes away", async () => {
  const azure = await LocalAzureForTests.open();
  await azure.close();
  let arrived = (): void => undefined;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  let noticed = (): void => undefined;
  const isNoticed = new Promise<void>((resolve) => (noticed = resolve));
  const gateway = await Gateway.open({ key: "", certificate: "", port: 0 }, ({ gone }) => {
    gone.addEventListener("abort", noticed);
    arrived();
    return new Promise<never>(() => undefined);
  });
  const request = httpRequest(`${gateway.proxyUrl}/machines/none`).on("error", () => undefined);
  request.end();
  await hasArrived;
  request.destroy();
  await isNoticed;
  await gateway.close();
});
