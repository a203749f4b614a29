import { withHeartbeat } from "../../../local/engine/heartbeat";

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it("tells of slow work each minute, until it is done", async () => {
  const lines: string[] = [];
  let finish: (result: string) => void = () => undefined;
  const work = withHeartbeat(
    (line) => lines.push(line),
    () => new Promise<string>((resolve) => (finish = resolve)),
  );
  jest.advanceTimersByTime(125_000);
  expect(lines).toEqual(["  still at it after 60 s", "  still at it after 120 s"]);
  finish("built");
  expect(await work).toBe("built");
  jest.advanceTimersByTime(120_000);
  expect(lines).toHaveLength(2);
});

it("is silent once the work has failed", async () => {
  const lines: string[] = [];
  const failing = withHeartbeat(
    (line) => lines.push(line),
    () => Promise.reject(new Error("no")),
  );
  await expect(failing).rejects.toThrow("no");
  jest.advanceTimersByTime(60_000);
  expect(lines).toEqual([]);
});
