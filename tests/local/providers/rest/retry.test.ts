import type { HttpResponse } from "../../../../local/providers/rest/connection";
import { sendPatiently, statedWait, type RetryPolicy } from "../../../../local/providers/rest/retry";

const answer = (status: number, headers: HttpResponse["headers"] = {}): HttpResponse => ({ status, headers, body: "" });
const signal = new AbortController().signal;
const policy: RetryPolicy = {
  attempts: 3,
  firstWait: 1,
  longestWait: 2,
  retries: ({ status }) => status === 429,
  retriesUnanswered: false,
};

describe("what an answer asks a client to wait", () => {
  const now = Date.parse("2026-03-01T09:00:00Z");

  it("is taken from the most exact header", () => {
    const headers = { "retry-after": "17", "x-ms-retry-after-ms": "20", "retry-after-ms": "10" };
    expect(statedWait(headers, now)).toBe(10);
    expect(statedWait({ ...headers, "retry-after-ms": undefined }, now)).toBe(20);
    expect(statedWait({ "retry-after": "17" }, now)).toBe(17_000);
  });

  it("may be a date", () => {
    expect(statedWait({ "retry-after": "Sun, 01 Mar 2026 09:00:30 GMT" }, now)).toBe(30_000);
  });

  it("is open where the answer says nothing", () => {
    expect(statedWait({}, now)).toBeUndefined();
  });
});

describe("a patient request", () => {
  const sequence = (...answers: HttpResponse[]): (() => Promise<HttpResponse>) => {
    const rest = [...answers];
    return () => Promise.resolve(rest.shift() ?? answer(500));
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

  it("ends at once when the operation is cancelled", async () => {
    const controller = new AbortController();
    const send = sequence(answer(429, { "retry-after": "3600" }));
    const sending = sendPatiently(send, policy, controller.signal, jest.fn());
    controller.abort();
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
  });
});
