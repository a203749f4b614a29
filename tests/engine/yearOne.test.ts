import { soaking } from "../support/soak";
import { expectedChanges, walkDaily, type Walked, type YearWalk } from "./support/dailyWalk";
import { DatedStack } from "./support/datedStack";

// A year of runs, on a machine that may have other work to do.
jest.setTimeout(3_600_000);

/** Outside of a soak the secret leaks in spring, and the walk ends after the turn that follows. */
const year: YearWalk = {
  firstDay: "2027-01-01T00:00:00.000Z",
  rotation: { startsAt: "2027-01-01T00:00:00Z", everyDays: 30, overlapDays: 7 },
  days: soaking ? 365 : 95,
  // Three days after a turn: the one before is still valid.
  leakOn: soaking ? 153 : 63,
};

/** At least so many of the runs have nothing to do. */
const quietRuns = 10;

let stack: DatedStack;
let walked: Walked;

beforeAll(async () => {
  stack = await DatedStack.open("2026-12-31T12:00:00Z", { rotation: year.rotation });
  walked = await walkDaily(stack, year);
});
afterAll(() => stack.close());

describe("daily runs for a year, with a secret that leaks,", () => {
  it("does what is due on the days of the schedule, and has an empty plan on the others", () => {
    const [first, ...rest] = [...walked.changes];
    expect(first?.[0]).toBe(0);
    expect(new Map(rest)).toEqual(expectedChanges(year));
    expect(walked.runs).toBeGreaterThan(walked.changes.size + quietRuns);
  });

  it("never leaves a daemon that reads the vault once a day without a sign-in, but the one whose secret leaked", () => {
    expect(walked.refusals).toEqual([`day ${year.leakOn ?? ""}, before it reads: AADSTS7000215`]);
  });

  it("is verified on every day with a change and every month", () => {
    expect(walked.unverified).toEqual([]);
  });
});
