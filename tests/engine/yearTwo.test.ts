import { soaking } from "../support/soak";
import { expectedChanges, walkDaily, type Walked, type YearWalk } from "./support/dailyWalk";
import { DatedStack, type HeldSecret } from "./support/datedStack";

// A year of runs, on a machine that may have other work to do.
jest.setTimeout(3_600_000);

/** Deployed for the first time on the fifth day of generation 12, within its overlap. Outside of a soak it has one turn. */
const year: YearWalk = {
  firstDay: "2028-01-01T00:00:00.000Z",
  rotation: { startsAt: "2027-01-01T00:00:00Z", everyDays: 30, overlapDays: 7 },
  days: soaking ? 365 : 40,
};

/** The generation that is current on a day of the walk, or after it. */
const generationOn = (day: number): number => Math.floor((365 + day) / year.rotation.everyDays);
const daysWithoutRun = 100;

let stack: DatedStack;
let walked: Walked;

beforeAll(async () => {
  stack = await DatedStack.open("2027-12-31T12:00:00Z", { rotation: year.rotation });
  walked = await walkDaily(stack, year);
});
afterAll(() => stack.close());

describe("a second year of daily runs, on a stack that is new within an overlap,", () => {
  it("starts with the secrets of that date", () => {
    const secrets = walked.changes.get(0)?.filter((line) => line.includes("ApplicationPassword"));
    expect(secrets).toEqual([
      "create azuread.ApplicationPassword loader-generation-11",
      "create azuread.ApplicationPassword loader-generation-12",
    ]);
  });

  it("does what is due on the days of the schedule, and has an empty plan on the others", () => {
    const [, ...rest] = [...walked.changes];
    expect(new Map(rest)).toEqual(expectedChanges(year));
    expect(walked.runs).toBeGreaterThan(walked.changes.size + 5);
  });

  it("never leaves a daemon that reads the vault once a day without a sign-in", () => {
    expect(walked.refusals).toEqual([]);
  });

  it("is verified on every day with a change and every month", () => {
    expect(walked.unverified).toEqual([]);
  });
});

describe("then, when nobody has run it for three turns,", () => {
  let held: HeldSecret;

  beforeAll(async () => {
    held = await stack.read();
    stack.local.clock.advance({ days: daysWithoutRun });
  });

  it("the daemon's secret has ended", async () => {
    expect(await stack.signIn(held)).toBe("AADSTS7000222");
  });

  it("one run makes the generation of its date, skips those between, and the daemon goes on", async () => {
    const done = await stack.up();
    expect(done.filter((line) => line.startsWith("create"))).toEqual([
      `create azuread.ApplicationPassword loader-generation-${generationOn(year.days - 1 + daysWithoutRun)}`,
    ]);
    expect(done.filter((line) => line.startsWith("delete"))).toEqual([
      `delete azuread.ApplicationPassword loader-generation-${generationOn(year.days - 1)}`,
    ]);
    expect(await stack.signIn(await stack.read())).toBe("signed in");
    expect((await stack.verify()).code).toBe(0);
  });
});
