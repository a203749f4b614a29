import type { Call } from "../../../../local/azure/conditions/call";
import type { ConditionsInForce } from "../../../../local/azure/conditions/conditions";
import { FaultPlan } from "../../../../local/azure/conditions/faults/faultPlan";
import { Pipeline } from "../../../../local/azure/conditions/pipeline";
import { replicationMode } from "../../../../local/azure/conditions/replication/replication";
import { randomStream } from "../../../../local/azure/conditions/seed";
import type { AzureRequest } from "../../../../local/azure/http/message";

const request: AzureRequest = {
  id: "1",
  method: "GET",
  host: "graph.microsoft.com",
  path: "/v1.0/applications",
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
};
const call: Call = { request, service: "graph", caller: {} };

let passed: string[];

beforeEach(() => {
  passed = [];
});

const conditionsWith = (limits: { readonly isThrottled?: boolean }): ConditionsInForce => ({
  seed: 1,
  faults: new FaultPlan(),
  replication: replicationMode.off,
  throttling: {
    refusalOf: () => {
      passed.push("throttling");
      return limits.isThrottled ? { status: 429 } : undefined;
    },
  },
  latency: {
    delayOf: () => {
      passed.push("latency");
      return 1;
    },
  },
});

const passedThrough = (pipeline: Pipeline): Promise<{ readonly outcome: number; readonly isLost?: true }> =>
  pipeline.pass(call, {
    serve: () => {
      passed.push("service");
      return Promise.resolve(200);
    },
    instead: ({ status }) => status,
  });

it("passes throttling, latency and the service, in this order", async () => {
  expect(await passedThrough(new Pipeline(conditionsWith({})))).toEqual({ outcome: 200 });
  expect(passed).toEqual(["throttling", "latency", "service"]);
});

it("keeps what throttling refuses from the service", async () => {
  expect(await passedThrough(new Pipeline(conditionsWith({ isThrottled: true })))).toEqual({ outcome: 429 });
  expect(passed).toEqual(["throttling"]);
});

it("asks neither throttling nor the service where a fault answers", async () => {
  const pipeline = new Pipeline(conditionsWith({}));
  pipeline.conditions.faults.add({ matches: () => true, answer: { status: 503 } });
  expect(await passedThrough(pipeline)).toEqual({ outcome: 503 });
  expect(passed).toEqual([]);
});

it("lets the service act whose answer a fault loses, and not where a fault resets the connection before", async () => {
  const pipeline = new Pipeline(conditionsWith({}));
  pipeline.conditions.faults.add({ matches: () => true, answer: "drop" });
  pipeline.conditions.faults.add({ matches: () => true, answer: "reset" });
  expect(await passedThrough(pipeline)).toEqual({ outcome: 200, isLost: true });
  expect(passed).toEqual(["throttling", "latency", "service"]);
  expect(await passedThrough(pipeline)).toEqual({ outcome: 0, isLost: true });
  expect(passed).toHaveLength(3);
});

it("ends a wait when local Azure closes", async () => {
  const pipeline = new Pipeline({ ...conditionsWith({}), latency: { delayOf: () => 3_600_000 } });
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
