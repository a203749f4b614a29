import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { systemClock } from "../../../../local/azure/clock";
import type { Call } from "../../../../local/azure/conditions/call";
import { FaultPlan } from "../../../../local/azure/conditions/faults/faultPlan";
import {
  parsedScenario,
  scenarioDirectory,
  ScenarioRefused,
  scenarioFrom,
  scenarioNames,
} from "../../../../local/azure/conditions/faults/scenarioFiles";
import { services, type Scenario, type ScenarioRule } from "../../../../local/azure/conditions/faults/scenarioSchema";
import { identities } from "../../../../local/azure/landingZone/layout";

const first = <T>(value: T | readonly T[] | undefined, otherwise: T): T =>
  ([value].flat()[0] as T | undefined) ?? otherwise;

function firstRule({ rules }: Scenario): ScenarioRule {
  const [rule] = rules;
  if (rule === undefined) throw new Error("the scenario has no rule");
  return rule;
}

/** A call that a rule matches. */
function callFor(rule: ScenarioRule): Call {
  const path = (rule.path ?? "/anything").replace(/\*\*/g, "a/b").replace(/\{([A-Za-z]+)\}/g, "$1-1");
  const wanted = first(rule.caller, "deployer");
  const identity = Object.entries(identities).find(([name]) => name === wanted);
  return {
    request: {
      id: "7c1f",
      method: first(rule.method, "GET"),
      host: "kv-daemons.vault.azure.net",
      path,
      query: new URLSearchParams(rule.query),
      headers: {},
      body: Buffer.from(rule.bodyContains ?? ""),
    },
    service: first(rule.service, "graph"),
    gone: new AbortController().signal,
    caller: identity === undefined ? { clientId: "made-later" } : { ...identity[1], identity: "deployer" },
  };
}

const planOf = (scenario: Scenario, seed = 1): FaultPlan => {
  const plan = new FaultPlan(systemClock, seed);
  plan.enact(scenario);
  return plan;
};

describe("the scenarios that come with local Azure", () => {
  it.each(scenarioNames())("%s loads, and each of its rules hits a request that it matches", (name) => {
    const scenario = scenarioFrom(name);
    const plan = planOf(scenario);
    const hits = scenario.rules.flatMap((rule) => {
      const call = callFor(rule);
      return Array.from({ length: 400 }, () => plan.take(call)).filter((injection) => injection !== undefined);
    });
    const rules = new Set(hits.map(({ by }) => by.rule));
    expect([...rules].sort()).toEqual(scenario.rules.map((rule, index) => rule.name ?? String(index + 1)).sort());
    // Nothing is left of {name} in an answer.
    expect(JSON.stringify(hits)).not.toMatch(/\{[A-Za-z]+\}/);
  });

  it.each(scenarioNames())("%s names its schema for editors", (name) => {
    expect(readFileSync(join(scenarioDirectory, `${name}.yaml`), "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/,
    );
  });
});

const scenario = (...rules: readonly object[]): Scenario =>
  parsedScenario("trial", { description: "a scenario of a test", rules }, "trial");

const hitsOf = (plan: FaultPlan, calls: readonly Call[]): readonly boolean[] =>
  calls.map((call) => plan.take(call) !== undefined);

const repeat = (call: Call, times: number): readonly Call[] => Array.from({ length: times }, () => call);

describe("a rule", () => {
  const rule = { path: "/v1.0/applications/{id}", answer: { status: 404 } };
  const call = callFor(firstRule(scenario(rule)));
  const other: Call = { ...call, request: { ...call.request, path: "/v1.0/applications/other" } };

  it("skips, counts, and then lets pass", () => {
    expect(hitsOf(planOf(scenario({ ...rule, skip: 1, count: 2 })), repeat(call, 4))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("counts for each path where it says so", () => {
    expect(hitsOf(planOf(scenario({ ...rule, per: "path" })), [call, call, other, other])).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("leaves a request to the next rule where it is not due", () => {
    const plan = planOf(scenario({ ...rule, name: "one" }, { ...rule, name: "two" }));
    expect(repeat(call, 3).map((each) => plan.take(each)?.by.rule)).toEqual(["one", "two", undefined]);
  });

  it("hits by chance what the seed says, the same each time", () => {
    const unlikely = scenario({ ...rule, count: "always", probability: 0.3 });
    const hits = hitsOf(planOf(unlikely, 5), repeat(call, 200));
    expect(hitsOf(planOf(unlikely, 5), repeat(call, 200))).toEqual(hits);
    expect(hitsOf(planOf(unlikely, 6), repeat(call, 200))).not.toEqual(hits);
    const share = hits.filter((hit) => hit).length / 200;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it.each([
    ["service", { service: "arm" }],
    ["method", { method: ["PUT", "POST"] }],
    ["path", { path: "/v1.0/servicePrincipals/{id}" }],
    ["a query parameter", { query: { $select: "*" } }],
    ["the body", { bodyContains: "displayName" }],
    ["what the body lacks", { bodyLacks: "principal" }],
    ["the caller", { caller: "consumer" }],
    ["callers that a stack has made", { caller: "daemons" }],
  ])("lets another request pass, told by %s", (_told, condition) => {
    const asked: Call = { ...call, request: { ...call.request, body: Buffer.from("principal") } };
    expect(planOf(scenario({ ...rule, ...condition })).take(asked)).toBeUndefined();
  });
});

describe("a scenario's parser", () => {
  it.each([
    [{ count: 0 }, /rules\[0\]\.count: got 0: /],
    [{ coutn: 2 }, /rules\[0\]: Unrecognized key: "coutn"/],
    [{ caller: "nobody" }, /rules\[0\]\.caller: got "nobody": /],
    [{ path: "/a/*" }, /rules\[0\]\.path: got "\/a\/\*": in a path \{name\} stands for one segment/],
    [{ answer: { status: 404, code: "X", message: "no {thing}" } }, /\{thing\} has no value/],
    [{ answer: { status: 404 }, after: "lost" }, /give one of answer, before and after/],
    [{ answer: undefined }, /give what happens: answer, before, after or delayMs/],
    [{ answer: { status: 404, code: "X", body: "y" } }, /give code and message, or body/],
  ])("refuses %j and says where and why", (rule, reason) => {
    expect(() => scenario({ answer: { status: 404 }, ...rule })).toThrow(reason);
  });

  it("names the scenarios there are where one is unknown", () => {
    expect(() => scenarioFrom("graph-trottled")).toThrow(
      /There is no fault scenario "graph-trottled"\. .*graph-throttled/,
    );
    expect(() => scenarioFrom("./missing.yaml")).toThrow("There is no file ./missing.yaml.");
  });

  it("takes every valid rule, and what it makes of it hits no request that the rule does not match", () => {
    const validRule = fc.record(
      {
        service: fc.constantFrom(...services),
        method: fc.constantFrom("GET", "PUT", "POST", "DELETE"),
        path: fc.constantFrom("/**", "/v1.0/{kind}/{id}", "/a/b"),
        skip: fc.nat(5),
        count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant("always")),
        per: fc.constantFrom("path", "caller"),
        probability: fc.double({ min: 0.01, max: 1, noNaN: true }),
        caller: fc.constantFrom(...Object.keys(identities), "daemons"),
        answer: fc.record({ status: fc.integer({ min: 200, max: 599 }), code: fc.stringMatching(/^[^{}]+$/) }),
      },
      { requiredKeys: ["answer"] },
    );
    fc.assert(
      fc.property(validRule, fc.constantFrom(...services), fc.nat(20), (rule, service, times) => {
        const parsed = scenario(rule);
        const call = callFor(firstRule(parsed));
        const plan = planOf(parsed);
        const hits = hitsOf(plan, repeat({ ...call, service }, times)).filter((hit) => hit).length;
        const most = typeof rule.count === "string" ? times : (rule.count ?? 1);
        expect(hits).toBeLessThanOrEqual(Math.max(0, Math.min(most, times - (rule.skip ?? 0))));
        if (rule.service !== undefined && rule.service !== service) expect(hits).toBe(0);
      }),
    );
  });

  it("refuses every other value in words, never by another error", () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ description: fc.string(), rules: fc.array(fc.dictionary(fc.string(), fc.anything())) }),
      fc.record({
        description: fc.constant("a long description"),
        rules: fc.array(fc.record({ answer: fc.anything() })),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        try {
          parsedScenario("any", value, "any");
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioRefused);
        }
      }),
    );
  });
});
