import fc from "fast-check";
import { rotationSchedule } from "../../../components/identity/rotationSchedule";

const startsAt = "2030-01-01T00:00:00Z";
const at = (asOf: string) => rotationSchedule({ startsAt }, asOf);

describe("a rotation schedule", () => {
  it("has generation 0 alone in the first period", () => {
    expect(at("2030-02-01T00:00:00Z")).toEqual({
      current: { number: 0, notBefore: "2030-01-01T00:00:00Z", endDate: "2030-04-15T00:00:00Z" },
      nextRotation: "2030-04-01T00:00:00Z",
    });
  });

  it("turns at the very moment a period is whole", () => {
    expect(at("2030-03-31T23:59:59Z").current.number).toBe(0);
    expect(at("2030-04-01T00:00:00Z").current.number).toBe(1);
  });

  it("keeps the previous generation while its overlap runs", () => {
    expect(at("2030-04-05T00:00:00Z").previous).toEqual({
      number: 0,
      notBefore: "2030-01-01T00:00:00Z",
      endDate: "2030-04-15T00:00:00Z",
    });
  });

  it("drops the previous generation when its overlap ends", () => {
    expect(at("2030-04-14T23:59:59Z").previous?.number).toBe(0);
    expect(at("2030-04-15T00:00:00Z").previous).toBeUndefined();
  });

  it("is in generation 0 before it starts, valid from a whole period earlier", () => {
    expect(at("2029-12-01T00:00:00Z")).toEqual({
      current: { number: 0, notBefore: "2029-10-03T00:00:00Z", endDate: "2030-04-15T00:00:00Z" },
      nextRotation: "2030-04-01T00:00:00Z",
    });
  });

  describe("with rotateNow", () => {
    const anew = (asOf: string, rotateNow: string) => rotationSchedule({ startsAt }, asOf, rotateNow);
    const reissued = {
      number: 1,
      notBefore: "2030-04-05T12:00:00Z",
      endDate: "2030-07-14T00:00:00Z",
      reissued: "2030-04-05T12:00:00Z",
    };

    it("issues the generation of that moment anew, and drops the one before though its overlap runs", () => {
      expect(anew("2030-04-05T12:00:00Z", "2030-04-05T14:00:00+02:00")).toEqual({
        current: reissued,
        nextRotation: "2030-06-30T00:00:00Z",
      });
    });

    it("keeps the one reissued through its overlap, beside a next one of the usual kind", () => {
      expect(anew("2030-07-01T00:00:00Z", "2030-04-05T12:00:00Z")).toEqual({
        previous: reissued,
        current: { number: 2, notBefore: "2030-06-30T00:00:00Z", endDate: "2030-10-12T00:00:00Z" },
        nextRotation: "2030-09-28T00:00:00Z",
      });
    });

    it("means nothing any more once that generation has ended", () => {
      expect(anew("2030-07-14T00:00:00Z", "2030-04-05T12:00:00Z")).toEqual(at("2030-07-14T00:00:00Z"));
    });

    it("issues anew again for a later moment", () => {
      expect(anew("2030-04-06T00:00:00Z", "2030-04-06T00:00:00Z").current.reissued).toBe("2030-04-06T00:00:00Z");
    });
  });

  it("has the generation before in its plan on a first run within an overlap, as on any run of that date", () => {
    expect(at("2030-04-02T00:00:00Z").previous?.number).toBe(0);
  });

  describe("with stageDays", () => {
    const staged = (asOf: string, rotateNow?: string) => rotationSchedule({ startsAt, stageDays: 2 }, asOf, rotateNow);

    it("stages the next generation so many days before it starts, beside the current one", () => {
      expect(staged("2030-03-29T23:59:59Z")).toEqual(at("2030-03-29T23:59:59Z"));
      expect(staged("2030-03-30T00:00:00Z")).toEqual({
        ...at("2030-03-30T00:00:00Z"),
        staged: { number: 1, notBefore: "2030-04-01T00:00:00Z", endDate: "2030-07-14T00:00:00Z" },
      });
      expect(staged("2030-04-01T00:00:00Z")).toEqual(at("2030-04-01T00:00:00Z"));
    });

    it("hands the staged generation over unchanged as the current one", () => {
      expect(staged("2030-04-01T00:00:00Z").current).toEqual(staged("2030-03-31T00:00:00Z").staged);
    });

    it("issues a staged one anew too where a secret leaks, and that one stays as any other", () => {
      const leak = "2030-03-30T12:00:00Z";
      const anew = {
        number: 1,
        notBefore: "2030-04-01T00:00:00Z",
        endDate: "2030-07-14T00:00:00Z",
        reissued: leak,
      };
      expect(staged(leak, leak)).toMatchObject({ current: { number: 0, reissued: leak }, staged: anew });
      expect(staged("2030-05-01T00:00:00Z", leak).current).toEqual(anew);
      expect(staged("2030-06-29T00:00:00Z", leak).staged).not.toHaveProperty("reissued");
    });

    it("stages one of the usual kind where the leak was before the staging", () => {
      const { current, staged: next } = staged("2030-03-31T00:00:00Z", "2030-03-29T12:00:00Z");
      expect([current.reissued, next]).toEqual(["2030-03-29T12:00:00Z", staged("2030-03-31T00:00:00Z").staged]);
    });
  });

  it("reads moments of any zone", () => {
    expect(rotationSchedule({ startsAt: "2030-01-01T02:00:00+02:00" }, "2030-02-01T00:00:00-05:00")).toEqual(
      at("2030-02-01T05:00:00Z"),
    );
  });

  const DAY = 24 * 60 * 60 * 1000;
  const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
  const schedules = fc
    .record({
      start: moments,
      now: moments,
      everyDays: fc.integer({ min: 1, max: 365 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ start, now, everyDays, part }) => {
      const overlapDays = Math.max(1, Math.round(everyDays * part));
      const rotation = { startsAt: wholeSeconds(start), everyDays, overlapDays };
      return { rotation, asOf: wholeSeconds(now) };
    });
  const wholeSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

  it("always has one secret that is valid, and never one that has ended", () => {
    fc.assert(
      fc.property(schedules, ({ rotation, asOf }) => {
        const { previous, current, nextRotation } = rotationSchedule(rotation, asOf);
        const now = Date.parse(asOf);
        expect(Date.parse(current.notBefore)).toBeLessThanOrEqual(now);
        expect(Date.parse(current.endDate)).toBeGreaterThan(now);
        expect(Date.parse(nextRotation)).toBeGreaterThan(now);
        if (previous) {
          expect(Date.parse(previous.endDate)).toBeGreaterThan(now);
          expect(previous.number).toBe(current.number - 1);
        }
      }),
    );
  });

  it("lets every generation end exactly the overlap after the next has come", () => {
    fc.assert(
      fc.property(schedules, ({ rotation, asOf }) => {
        const { current, nextRotation } = rotationSchedule(rotation, asOf);
        expect(Date.parse(current.endDate) - Date.parse(nextRotation)).toBe(rotation.overlapDays * DAY);
      }),
    );
  });

  it("gives the same generations for the same date", () => {
    fc.assert(
      fc.property(schedules, ({ rotation, asOf }) => {
        expect(rotationSchedule(rotation, asOf)).toEqual(rotationSchedule({ ...rotation }, asOf));
      }),
    );
  });

  it("hands the current generation over unchanged as the previous one", () => {
    fc.assert(
      fc.property(schedules, ({ rotation, asOf }) => {
        const before = rotationSchedule(rotation, asOf);
        const after = rotationSchedule(rotation, before.nextRotation);
        expect(after.previous?.number).toBe(before.current.number);
        expect(after.previous?.endDate).toBe(before.current.endDate);
      }),
    );
  });
});
