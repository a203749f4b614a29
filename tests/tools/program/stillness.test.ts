import type { EngineEvent } from "@pulumi/pulumi/automation";
import { Stillness } from "../../../tools/program/stillness";

const still = jest.fn();
let stillness: Stillness;

const metadata = (custom: boolean) => {
  const state = { custom, type: "t", urn: "urn", id: "", parent: "", inputs: {}, outputs: {}, provider: "" };
  return { op: "create", urn: "urn", type: "t", new: state, provider: "" };
};
const event = (content: object): EngineEvent => ({ sequence: 1, timestamp: 1, ...content });
const begins = (custom: boolean): EngineEvent =>
  event({ resourcePreEvent: { metadata: metadata(custom), planning: false } });
const ends = event({ resOutputsEvent: { metadata: metadata(true), planning: false } });
const fails = event({ resOpFailedEvent: { metadata: metadata(true), status: 0, steps: 0 } });

beforeEach(() => {
  jest.useFakeTimers();
  still.mockReset();
  stillness = new Stillness(still, 1_000);
});

afterEach(() => {
  stillness.end();
  jest.useRealTimers();
});

it("tells of a program that begins nothing", () => {
  jest.advanceTimersByTime(999);
  expect(still).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(still).toHaveBeenCalledTimes(1);
});

it("waits as long as a provider works on a resource, and from its end anew", () => {
  stillness.hear(begins(true));
  jest.advanceTimersByTime(100_000);
  expect(still).not.toHaveBeenCalled();
  stillness.hear(ends);
  jest.advanceTimersByTime(999);
  expect(still).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(still).toHaveBeenCalledTimes(1);
});

it("waits anew from a resource that has failed", () => {
  stillness.hear(begins(true));
  stillness.hear(fails);
  jest.advanceTimersByTime(1_000);
  expect(still).toHaveBeenCalledTimes(1);
});

it("waits no longer for a provider where nothing is changed, and tells what it works on", () => {
  stillness.end();
  stillness = new Stillness(still, 1_000, false);
  stillness.hear(begins(true));
  jest.advanceTimersByTime(1_000);
  expect(still.mock.calls).toEqual([[["urn"]]]);
});

it("does not take a component for work", () => {
  stillness.hear(begins(false));
  jest.advanceTimersByTime(1_000);
  expect(still).toHaveBeenCalledTimes(1);
});

it("says nothing once the operation has ended", () => {
  stillness.end();
  jest.advanceTimersByTime(10_000);
  expect(still).not.toHaveBeenCalled();
});
