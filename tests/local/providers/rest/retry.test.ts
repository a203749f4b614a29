import { UnansweredError, type HttpResponse } from "../../../../local/providers/rest/connection";
import { ownWait, sendPatiently, statedWait, type RetryPolicy } from "../../../../local/providers/rest/retry";
import { resourceManagerRule } from "../../../../local/providers/azureNative/retryRules";
import { graphRule } from "../../../../local/providers/azuread/retryRules";

const answer = (status: number, headers: HttpResponse["headers"] = {}): HttpResponse => ({ status, headers, body: "" });
const signal = new AbortController().signal;
const policy: RetryPolicy = {
  attempts: 3,
  waits: resourceManagerRule.waits,
  scale: 0,
  retries: ({ status }) => status === 429,
  retriesUnanswered: false,
};

describe("what an answer asks a client to wait", () => {
  const now = Date.parse("2026-03-01T09:00:00Z");
  const native = (headers: HttpResponse["headers"]): number | undefined =>
    statedWait(headers, resourceManagerRule.waits, now);
  const graph = (headers: HttpResponse["headers"]): number | undefined => statedWait(headers, graphRule.waits, now);

  it("is taken by azure-native from the most exact header that states one", () => {
    const headers = { "retry-after": "17", "x-ms-retry-after-ms": "20", "retry-after-ms": "10" };
    expect(native(headers)).toBe(10);
    expect(native({ ...headers, "retry-after-ms": undefined })).toBe(20);
    expect(native({ ...headers, "retry-after-ms": "0" })).toBe(20);
    expect(native({ "retry-after": "17" })).toBe(17_000);
    expect(native({ "retry-after": "0" })).toBeUndefined();
    expect(native({ "retry-after": "Sun, 01 Mar 2026 09:00:30 GMT" })).toBe(30_000);
    expect(native({})).toBeUndefined();
  });

  it("is taken by azuread from whole seconds alone", () => {
    expect(graph({ "retry-after-ms": "10", "retry-after": "2" })).toBe(2_000);
    expect(graph({ "retry-after": "0" })).toBe(0);
    expect(graph({ "retry-after": "Sun, 01 Mar 2026 09:00:30 GMT" })).toBeUndefined();
    expect(graph({ "x-ms-retry-after-ms": "10" })).toBeUndefined();
  });
});

it("waits by itself as long as the real client does", () => {
  const seconds = ({ waits }: { waits: RetryPolicy["waits"] }, attempts: number): number[] =>
    Array.from({ length: attempts }, (_, index) => ownWait(waits, index + 1) / 1000);
  expect(seconds(resourceManagerRule, 3)).toEqual([20, 60, 120]);
  expect(seconds(graphRule, 8)).toEqual([1, 2, 4, 8, 16, 32, 61, 61]);
});

describe("a patient request", () => {
  const sequence = (...answers: (HttpResponse | "none")[]): (() => Promise<HttpResponse>) => {
    const rest = [...answers];
    return () => {
      const next = rest.shift() ?? answer(500);
      return next === "none" ? Promise.reject(new UnansweredError("PUT", "cut")) : Promise.resolve(next);
    };
  };

  it("is repeated until the answer satisfies", async () => {
    const retried = jest.fn();
    const send = sequence(answer(429), answer(429), answer(200));
    expect(await sendPatiently(send, policy, signal, retried)).toMatchObject({ status: 200 });
    expect(retried).toHaveBeenCalledTimes(2);
  });

  it("ends with the last answer when its attempts are used up", async () => {
    const send = sequence(answer(429), answer(429), answer(429, { last: "yes" }), answer(200));
    expect(await sendPatiently(send, policy, signal, jest.fn())).toEqual(answer(429, { last: "yes" }));
  });

  it("is not repeated where the answer asks for a longer wait than the client takes", async () => {
    const late = answer(429, { "retry-after": "121" });
    expect(await sendPatiently(sequence(late, answer(200)), policy, signal, jest.fn())).toEqual(late);
  });

  it("is sent again without an answer only where the client does so, as often as any other", async () => {
    await expect(sendPatiently(sequence("none", answer(200)), policy, signal, jest.fn())).rejects.toThrow("cut");
    const again = { ...policy, retriesUnanswered: true };
    expect(await sendPatiently(sequence("none", "none", answer(200)), again, signal, jest.fn())).toEqual(answer(200));
    await expect(sendPatiently(sequence("none", "none", "none"), again, signal, jest.fn())).rejects.toThrow("cut");
  });

  it("ends at once when the operation is cancelled", async () => {
    const controller = new AbortController();
    const send = sequence(answer(429, { "retry-after": "60" }));
    const sending = sendPatiently(send, policy, controller.signal, jest.fn());
    controller.abort();
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
  });
});
