import type { Call } from "../../../../local/azure/conditions/call";
import type { ConditionsInForce } from "../../../../local/azure/conditions/conditions";
import { systemClock } from "../../../../local/azure/clock";
import { FaultPlan } from "../../../../local/azure/conditions/faults/faultPlan";
import { Injections } from "../../../../local/azure/conditions/faults/injections";
import { parsedScenario } from "../../../../local/azure/conditions/faults/scenarioFiles";
import { Pipeline } from "../../../../local/azure/conditions/pipeline";
import { latencyMode } from "../../../../local/azure/conditions/latency/latency";
import { replicationMode } from "../../../../local/azure/conditions/replication/replication";
import { randomStream } from "../../../../local/azure/conditions/seed";
import type { AzureRequest, AzureResponse } from "../../../../local/azure/http/message";

const request: AzureRequest = {
  id: "1",
  method: "GET",
  host: "graph.microsoft.com",
  path: "/v1.0/applications",
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
};
const leaving = new AbortController();
const call: Call = { request, service: "graph", caller: {}, gone: leaving.signal };

let passed: string[];

beforeEach(() => {
  passed = [];
});

const conditionsWith = (limits: { readonly isThrottled?: boolean }): ConditionsInForce => ({
  seed: 1,
  modes: {},
  faults: new FaultPlan(systemClock, 1),
  injections: new Injections(),
  replication: replicationMode.off,
  throttling: {
    refusalOf: () => {
      passed.push("throttling");
      return limits.isThrottled ? { status: 429 } : undefined;
    },
    told: (_call, response) => ({ ...response, headers: { ...response.headers, left: "1" } }),
  },
  latency: {
    delayOf: () => {
      passed.push("latency");
      return 1;
    },
    told: (_call, response) => ({ ...response, headers: { ...response.headers, wait: "2" } }),
  },
});

/** What the service answers, with what throttling and latency add to it. */
const served = { response: { status: 200, body: { id: "1", tags: ["a"] }, headers: { left: "1", wait: "2" } } };

const passedThrough = (pipeline: Pipeline) =>
  pipeline.pass(call, {
    serve: () => {
      passed.push("service");
      const response: AzureResponse = { status: 200, body: { id: "1", tags: ["a"] } };
      return Promise.resolve({ response });
    },
    instead: (response) => ({ response }),
  });

it("passes throttling, latency and the service, in this order", async () => {
  expect(await passedThrough(new Pipeline(conditionsWith({})))).toEqual({ outcome: served, delay: 1 });
  expect(passed).toEqual(["throttling", "latency", "service"]);
});

it("keeps what throttling refuses from the service", async () => {
  expect(await passedThrough(new Pipeline(conditionsWith({ isThrottled: true })))).toEqual({
    outcome: { response: { status: 429 } },
    delay: 0,
  });
  expect(passed).toEqual(["throttling"]);
});

it("asks neither throttling nor the service where a fault answers", async () => {
  const pipeline = new Pipeline(conditionsWith({}));
  pipeline.conditions.faults.add({ matches: () => true, answer: { status: 503 } });
  expect(await passedThrough(pipeline)).toMatchObject({
    outcome: { response: { status: 503 } },
    injection: { by: { scenario: "code", rule: "1" } },
  });
  expect(passed).toEqual([]);
});

it("lets the service act whose answer a fault loses, and not where a fault resets the connection before", async () => {
  const pipeline = new Pipeline(conditionsWith({}));
  pipeline.conditions.faults.add({ matches: () => true, answer: "drop" });
  pipeline.conditions.faults.add({ matches: () => true, answer: "reset" });
  expect(await passedThrough(pipeline)).toMatchObject({
    outcome: { response: { ...served.response, delivery: "lost" } },
  });
  expect(passed).toEqual(["throttling", "latency", "service"]);
  expect(await passedThrough(pipeline)).toMatchObject({
    outcome: { response: { status: 0, delivery: "lost" } },
  });
  expect(passed).toHaveLength(3);
});

it("merges what a lagging replica tells into an answer", async () => {
  const pipeline = new Pipeline(conditionsWith({}));
  const scenario = { description: "a scenario of a test", rules: [{ after: { merge: { tags: [] } } }] };
  pipeline.conditions.faults.enact(parsedScenario("merged", scenario, "merged"));
  expect(await passedThrough(pipeline)).toMatchObject({ outcome: { response: { body: { id: "1", tags: [] } } } });
});

const forAnHour = { ...latencyMode.off, delayOf: () => 3_600_000 };

it("keeps a call from the service whose client goes away while it waits", async () => {
  const client = new AbortController();
  const pipeline = new Pipeline({ ...conditionsWith({}), latency: forAnHour });
  const waiting = pipeline.pass(
    { ...call, gone: client.signal },
    {
      serve: () => Promise.reject(new Error("the service was reached")),
      instead: (response) => ({ response }),
    },
  );
  client.abort();
  await expect(waiting).rejects.toThrow("aborted");
});

it("ends a wait when local Azure closes", async () => {
  const pipeline = new Pipeline({ ...conditionsWith({}), latency: forAnHour });
  const waiting = passedThrough(pipeline);
  pipeline.close();
  await expect(waiting).rejects.toThrow("aborted");
});

it("draws the same numbers for the same seed and purpose, and others for another one", () => {
  const drawn = (seed: number, purpose: string): readonly number[] => {
    const next = randomStream(seed, purpose);
    return Array.from({ length: 20 }, next);
  };
  expect(drawn(7, "faults")).toEqual(drawn(7, "faults"));
  expect(drawn(7, "latency")).not.toEqual(drawn(7, "faults"));
  expect(drawn(8, "faults")).not.toEqual(drawn(7, "faults"));
  expect(drawn(7, "faults").every((each) => each >= 0 && each < 1)).toBe(true);
});
