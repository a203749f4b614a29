import { criticalPath } from "../../bench/latency/criticalPath";
import { RequestTimes } from "../../bench/latency/requestTimes";
import type { AzureResponse } from "../../local/azure/http/message";

const step = (urn: string, time: number, ...after: string[]): { urn: string; time: number; after: string[] } => ({
  urn,
  time,
  after,
});

describe("the critical path", () => {
  it("is the chain of dependent resources that takes longest, not the one with most resources", () => {
    const steps = [
      step("lake", 20),
      step("container", 1, "lake"),
      step("role", 2, "container", "principal"),
      step("application", 3),
      step("principal", 2, "application"),
      step("password", 1, "application"),
      step("secret", 4, "password", "vault"),
      step("vault", 12),
    ];
    expect(criticalPath(steps)).toEqual({ time: 23, urns: ["lake", "container", "role"] });
  });

  it("passes through what takes no time, without naming it, and what is not in the state", () => {
    const steps = [step("a", 5), step("component", 0, "a"), step("b", 1, "component", "gone")];
    expect(criticalPath(steps)).toEqual({ time: 6, urns: ["a", "b"] });
  });

  it("is nothing for an empty stack, and refuses a circle", () => {
    expect(criticalPath([])).toEqual({ time: 0, urns: [] });
    expect(() => criticalPath([step("a", 1, "b"), step("b", 1, "a")])).toThrow("depends on itself");
  });
});

describe("a resource's time", () => {
  it("is what its requests were made to wait, and what they were told to wait", () => {
    const times = new RequestTimes();
    const asked = (urn: string | undefined, delay: number, response: AzureResponse): void => {
      const headers = urn === undefined ? {} : { "pulumi-urn": encodeURIComponent(urn) };
      const request = {
        id: "1",
        method: "PUT",
        host: "",
        path: "",
        query: new URLSearchParams(),
        headers,
        body: Buffer.alloc(0),
      };
      const record = {
        time: "",
        service: "arm",
        method: "PUT",
        host: "",
        path: "",
        status: response.status,
        ms: 9,
        delay,
      };
      times.add(record, request, response);
    };
    asked("urn::a", 10, { status: 404 });
    asked("urn::a", 20, { status: 202, headers: { "retry-after-ms": "300" } });
    asked("urn::b", 5, { status: 200 });
    asked(undefined, 1000, { status: 200 });
    const steps = times.steps([{ urn: "urn::a" }, { urn: "urn::b", dependencies: ["urn::a"] }, { urn: "urn::c" }]);
    expect(steps).toEqual([step("urn::a", 330), step("urn::b", 5, "urn::a"), step("urn::c", 0)]);
  });
});
