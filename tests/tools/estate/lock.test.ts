import { isLeftByKilled, isLocked } from "../../../tools/estate/run/stackLock";

/** What pulumi prints where a stack is locked. */
const locked = (...holders: string[]): string =>
  [
    `error: the stack is currently locked by ${holders.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.`,
    ...holders.map(
      (each) => `  file:///state/.pulumi/locks/x/${each}.json: created by ${each} at 2030-02-01T09:00:00Z`,
    ),
  ].join("\n");

const gone = (): boolean => false;
const leftBy = (output: string, isRunning = gone): boolean => isLeftByKilled(output, "build-1", isRunning);

describe("a lock", () => {
  it("is left by a killed run where its process of this machine is gone", () => {
    expect(leftBy(locked("ada@build-1 (pid 7)"))).toBe(true);
    expect(leftBy(locked("ada@build-1 (pid 7)", "ada@build-1 (pid 8)"))).toBe(true);
  });

  it("is somebody's where the process runs, or is another machine's, or is not told", () => {
    expect(leftBy(locked("ada@build-1 (pid 7)"), () => true)).toBe(false);
    expect(leftBy(locked("ada@build-2 (pid 7)"))).toBe(false);
    expect(leftBy(locked("ada@build-1 (pid 7)", "bob@build-2 (pid 8)"))).toBe(false);
    expect(leftBy(locked())).toBe(false);
    expect(leftBy("error: denied, created by ada@build-1 (pid 7)")).toBe(false);
  });

  it("is asked of this machine's processes", () => {
    const own = `ada@build-1 (pid ${process.pid})`;
    expect(isLeftByKilled(locked(own), "build-1")).toBe(false);
    expect(isLeftByKilled(locked("ada@build-1 (pid 2147483646)"), "build-1")).toBe(true);
    expect(isLocked(locked(own))).toBe(true);
  });
});
