import fc from "fast-check";
import { type RotationArgs, rotationSchedule, type Generation } from "../../../components/identity/rotationSchedule";

/** Years of runs on a schedule, with what they leave in Entra ID and in the vault, and a client that reads there. */

const HOUR = 60 * 60 * 1000;
const HOURS_A_DAY = 24;
const EPOCH = Date.parse("2030-01-01T00:00:00Z");

/** Hours after the schedule's start, as RFC 3339. */
const at = (hours: number): string => new Date(EPOCH + hours * HOUR).toISOString().replace(".000", "");
const hoursOf = (moment: string): number => (Date.parse(moment) - EPOCH) / HOUR;

interface Password {
  readonly issued: number;
  readonly ends: number;
}

/** What stands in Entra ID and in the vault after the runs so far. */
class Estate {
  private passwords = new Map<string, Password>();
  /** The password that the vault's newest version carries. */
  inVault: Password | undefined;

  /** One `up`: makes what is new, writes the current one to the vault, and revokes what has left the program. */
  run(rotation: RotationArgs, now: number, rotateNow?: string): void {
    const { previous, current, staged } = rotationSchedule(rotation, at(now), rotateNow);
    const nameOf = (each: Generation): string => `${each.number} ${each.reissued ?? ""}`;
    const declared = [previous, current, staged].flatMap((each) =>
      each ? [[nameOf(each), this.passwords.get(nameOf(each)) ?? this.issue(each, now)] as const] : [],
    );
    this.passwords = new Map(declared);
    this.inVault = this.passwords.get(nameOf(current));
  }

  live(now: number): Password[] {
    return [...this.passwords.values()].filter(({ ends }) => ends > now);
  }

  private issue({ endDate }: Generation, now: number): Password {
    const ends = hoursOf(endDate);
    // Entra ID refuses an end that is past.
    expect(ends).toBeGreaterThan(now);
    return { issued: now, ends };
  }
}

/** Moments from a start on, at most so many hours apart. */
const moments = (start: number, longestGap: number, count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: longestGap }), { minLength: count, maxLength: count }).map((gaps) => {
    const times = [start];
    for (const gap of gaps) times.push((times.at(-1) ?? start) + gap);
    return times;
  });

const rotations = fc
  .record({
    everyDays: fc.integer({ min: 1, max: 365 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    stagedPart: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ everyDays, part, stagedPart }) => {
    const overlapDays = Math.max(1, Math.round(everyDays * part));
    const stageDays = Math.ceil((everyDays - overlapDays) * (stagedPart ?? 0));
    return { startsAt: at(0), everyDays, overlapDays, ...(stageDays > 0 && { stageDays }) };
  });

const firstRun = fc.integer({ min: -200 * HOURS_A_DAY, max: 800 * HOURS_A_DAY });

describe("over years of runs", () => {
  it("a client is never without a valid secret where a run and then a read fall into every overlap", () => {
    const walks = rotations.chain((rotation) => {
      const overlap = rotation.overlapDays * HOURS_A_DAY;
      return fc
        .record({ start: firstRun, runGap: fc.integer({ min: 1, max: overlap - 1 }) })
        .chain(({ start, runGap }) =>
          fc.record({
            rotation: fc.constant(rotation),
            runs: moments(start, runGap, 60),
            reads: moments(start, overlap - runGap, 60),
          }),
        );
    });
    fc.assert(
      fc.property(walks, ({ rotation, runs, reads }) => {
        const estate = new Estate();
        let held: Password | undefined;
        for (const now of [...new Set([...runs, ...reads])].sort((one, other) => one - other)) {
          if (now > Math.min(runs.at(-1) ?? 0, reads.at(-1) ?? 0)) break;
          // Held until this very moment, though another may be read now.
          if (held) expect(estate.live(now - 1)).toContain(held);
          if (runs.includes(now)) estate.run(rotation, now);
          if (reads.includes(now)) held = estate.inVault;
          expect(estate.live(now)).toContain(held);
        }
      }),
    );
  });

  const lateRuns = rotations.chain((rotation) =>
    fc.record({
      rotation: fc.constant(rotation),
      // Weeks late, or after several turns.
      runs: firstRun.chain((start) => moments(start, rotation.everyDays * HOURS_A_DAY * 4, 40)),
    }),
  );

  it("a run at any time, however late, leaves a valid secret in the vault and two live ones at most", () => {
    fc.assert(
      fc.property(lateRuns, ({ rotation, runs }) => {
        const estate = new Estate();
        for (const now of runs) {
          // Nobody ran for a while: what was there has not become more.
          expect(estate.live(now).length).toBeLessThanOrEqual(2);
          estate.run(rotation, now);
          expect(estate.live(now)).toContain(estate.inVault);
          expect(estate.live(now).length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it("no secret that was issued before rotateNow outlives the run that hears of it", () => {
    const leaks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lateRuns, leaks, ({ rotation, runs }, parts) => {
        const leakRuns = new Set(parts.map((part) => Math.floor(part * (runs.length - 1))));
        const estate = new Estate();
        let leaked: string | undefined;
        runs.forEach((now, index) => {
          if (leakRuns.has(index) && now >= 0) {
            // Written down between the last run and this one.
            leaked = at(Math.max(0, (runs[index - 1] ?? -1) + 1));
          }
          estate.run(rotation, now, leaked);
          const since = leaked === undefined ? -Infinity : hoursOf(leaked);
          expect(estate.live(now).filter(({ issued }) => issued < since)).toEqual([]);
          expect(estate.live(now)).toContain(estate.inVault);
          expect(estate.live(now).length).toBeLessThanOrEqual(2);
        });
      }),
    );
  });

  it("the vault is given a staged secret that a run has made before, where a run falls into every staging", () => {
    const walks = fc
      .record({ everyDays: fc.integer({ min: 2, max: 365 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
      .chain(({ everyDays, part }) => {
        const stageDays = Math.max(1, Math.floor((everyDays - 1) * part));
        const rotation = { startsAt: at(0), everyDays, overlapDays: everyDays - stageDays, stageDays };
        return fc.record({
          rotation: fc.constant(rotation),
          runs: firstRun.chain((start) => moments(start, stageDays * HOURS_A_DAY, 60)),
        });
      });
    fc.assert(
      fc.property(walks, ({ rotation, runs: [first = 0, ...later] }) => {
        const estate = new Estate();
        estate.run(rotation, first);
        for (const now of later) {
          estate.run(rotation, now);
          expect(estate.inVault?.issued).toBeLessThan(now);
          expect(estate.live(now).length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it("a secret that rotateNow has reissued is in use as long as any other, its overlap included", () => {
    const days = fc.integer({ min: 1, max: 365 });
    fc.assert(
      fc.property(rotations, days, fc.integer({ min: 0, max: 3 }), (rotation, day, turns) => {
        const leaked = at((turns * rotation.everyDays + (day % rotation.everyDays)) * HOURS_A_DAY);
        const plan = (moment: string) => rotationSchedule(rotation, moment, leaked);
        const { current, nextRotation, previous } = plan(leaked);
        expect(previous).toBeUndefined();
        expect(current).toMatchObject({ number: turns, reissued: leaked, notBefore: leaked });
        const usual = rotationSchedule(rotation, leaked).current;
        expect(current.endDate).toBe(usual.endDate);
        expect(plan(nextRotation)).toMatchObject({ previous: current, current: { number: turns + 1 } });
        const { staged } = plan(leaked);
        expect(plan(nextRotation).current.reissued).toBe(staged && leaked);
        const last = staged ?? current;
        expect(plan(last.endDate)).toEqual(rotationSchedule(rotation, last.endDate));
      }),
    );
  });

  it("the same date gives the same plan, whatever ran before", () => {
    fc.assert(
      fc.property(lateRuns, fc.boolean(), ({ rotation, runs }, leak) => {
        const last = Math.max(0, runs.at(-1) ?? 0);
        const leaked = leak ? at(Math.max(0, last - 100)) : undefined;
        const plan = () => rotationSchedule({ ...rotation }, at(last), leaked);
        const before = plan();
        for (const now of runs) rotationSchedule(rotation, at(now));
        expect(plan()).toEqual(before);
      }),
    );
  });
});
