import type { Problems } from "../checks/argumentError";
import { inUtc, instant, moment } from "../checks/moments";
import { wholeNumber } from "../checks/numbers";
import { type Check, write } from "../checks/refusal";

export const DEFAULT_ROTATION_DAYS = 90;
export const DEFAULT_OVERLAP_DAYS = 14;

const LONGEST_ROTATION_DAYS = 365;
/** Milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

/** The schedule of a secret's rotation. */
export interface RotationArgs {
  /** When generation 0 starts: RFC 3339 with a zone, for example `2027-01-01T00:00:00Z`. */
  readonly startsAt: string;
  /**
   * Days from one generation to the next, 1 to 365.
   * @default 90
   */
  readonly everyDays?: number;
  /**
   * Days that a generation stays valid after the next one starts, 1 to everyDays: the daemon has to fetch the new one
   * within this time.
   * @default 14
   */
  readonly overlapDays?: number;
  /**
   * Days before a generation starts in which a run already makes its secret in Entra ID, 1 to everyDays less overlapDays.
   * The vault carries it once the generation has started: by then every replica of Entra ID knows it.
   * @default none: it is made when the generation starts
   */
  readonly stageDays?: number;
}

/** One generation of a secret. */
export interface Generation {
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly endDate: string;
  /** The moment it is reissued for, because an earlier secret of it has leaked: RFC 3339, UTC. */
  readonly reissued?: string;
}

/** The generations that exist at one moment. */
export interface RotationSchedule {
  /** The generation before, while its overlap runs. */
  readonly previous?: Generation;
  readonly current: Generation;
  /** The generation to come, from stageDays before its start on: in Entra ID, and not in the vault. */
  readonly staged?: Generation;
  /** When the next generation starts: RFC 3339, UTC. */
  readonly nextRotation: string;
}

/**
 * Reads the schedule at a moment. The same moments always give the same generations.
 *
 * @param rotateNow no secret that was issued before it is among them: the generation of that moment is reissued, so is
 *   one that was staged then, and those before it are gone
 */
export function rotationSchedule(rotation: RotationArgs, asOf: string, rotateNow?: string): RotationSchedule {
  const startsAt = instant(rotation.startsAt);
  const now = instant(asOf);
  const period = (rotation.everyDays ?? DEFAULT_ROTATION_DAYS) * DAY;
  const overlap = (rotation.overlapDays ?? DEFAULT_OVERLAP_DAYS) * DAY;
  const stage = (rotation.stageDays ?? 0) * DAY;
  const elapsedPeriods = Math.floor((now - startsAt) / period);
  const number = Math.max(0, elapsedPeriods);
  const leak = rotateNow === undefined ? undefined : instant(rotateNow);
  const oldest = leak === undefined ? 0 : Math.floor((leak - startsAt) / period);
  const stagedAtLeak = leak === undefined ? -1 : Math.floor((leak + stage - startsAt) / period);

  const generation = (index: number): Generation => {
    const reissued = rotateNow !== undefined && index >= oldest && index <= stagedAtLeak ? inUtc(rotateNow) : undefined;
    return {
      number: index,
      // Before the schedule starts, generation 0 is in use already, so its first day is put back by whole periods.
      notBefore:
        reissued !== undefined && index === oldest
          ? reissued
          : inUtc(startsAt + (index === number ? elapsedPeriods : index) * period),
      endDate: inUtc(startsAt + (index + 1) * period + overlap),
      ...(reissued !== undefined && { reissued }),
    };
  };

  const overlapRuns = number > oldest && now < startsAt + number * period + overlap;
  const isStaged = stage > 0 && now >= startsAt + (number + 1) * period - stage;
  return {
    ...(overlapRuns && { previous: generation(number - 1) }),
    current: generation(number),
    ...(isStaged && { staged: generation(number + 1) }),
    nextRotation: inUtc(startsAt + (number + 1) * period),
  };
}

export const rotationDays: Check<number> = wholeNumber(1, LONGEST_ROTATION_DAYS, "days");

/** The overlap may not reach into the generation after the next, or three secrets would be valid together. */
export const overlapDays = (everyDays: number | undefined): Check<number> =>
  wholeNumber(1, everyDays ?? DEFAULT_ROTATION_DAYS, "days, no more than everyDays,");

/** More than that, and three secrets would be valid together. */
export const stageDays = (everyDays: number | undefined, overlap: number | undefined): Check<number> => {
  const longest = (everyDays ?? DEFAULT_ROTATION_DAYS) - (overlap ?? DEFAULT_OVERLAP_DAYS);
  if (longest >= 1) return wholeNumber(1, longest, "days, no more than everyDays less overlapDays,");
  const needed = "an overlapDays shorter than everyDays, or there is no time to stage the next secret in";
  return () => ({ needed, fix: "Remove stageDays, or write a smaller overlapDays." });
};

/** Judges a rotation's numbers and dates. */
export function checkRotation(problems: Problems, input: string, rotation: RotationArgs): void {
  problems.check(`${input}.startsAt`, rotation.startsAt, moment);
  problems.checkOptional(`${input}.everyDays`, rotation.everyDays, rotationDays);
  const everyDays =
    rotation.everyDays !== undefined && rotationDays(rotation.everyDays) ? undefined : rotation.everyDays;
  const overlap = rotation.overlapDays ?? DEFAULT_OVERLAP_DAYS;
  problems.check(`${input}.overlapDays`, overlap, overlapDays(everyDays));
  if (overlapDays(everyDays)(overlap)) return;
  problems.checkOptional(`${input}.stageDays`, rotation.stageDays, stageDays(everyDays, overlap));
}

/** A schedule that has not started has issued nothing to take back. */
export const momentSinceStart =
  (startsAt: string, asOf: string): Check =>
  (value) =>
    instant(value) >= instant(startsAt)
      ? undefined
      : { needed: `a moment from the rotation's startsAt on, ${inUtc(startsAt)}`, fix: write(inUtc(asOf)) };
