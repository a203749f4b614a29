import { soaking } from "../../support/soak";
import { DatedStack, type HeldSecret } from "./datedStack";

const DAY = 24 * 60 * 60 * 1000;

/** A year of daily runs, and what is expected of them. */
export interface YearWalk {
  /** The day of the first run: RFC 3339, midnight. */
  readonly firstDay: string;
  /** The schedule, whose first generation starts at midnight too. */
  readonly rotation: { readonly startsAt: string; readonly everyDays: number; readonly overlapDays: number };
  readonly days: number;
  /** On this day of the walk the secret has leaked. @default never */
  readonly leakOn?: number;
}

/** What a walk has seen. */
export interface Walked {
  /** How many days the engine ran on. */
  readonly runs: number;
  /** Day of the walk to what the run did there. */
  readonly changes: ReadonlyMap<number, readonly string[]>;
  /** Days on which the daemon's secret, read the day before, was refused. */
  readonly refusals: readonly string[];
  /** Days on which verify failed, with what it printed. */
  readonly unverified: readonly string[];
}

/** Verify runs on every day with a change, and every so many days. */
const verifyEvery = 30;

/** Outside of a soak, so many of a walk's first days have a run on the day before and the day after each decisive one. */
const daysWithNeighbours = 75;

/**
 * The days on which the engine runs: in a soak every day; else those on which something can change (the first and the
 * last, a turn, the end of an overlap, a leak). At first, and around a leak, it runs on the day before and the day after too.
 */
function daysWithRun(year: YearWalk): (day: number) => boolean {
  if (soaking) return () => true;
  const { days, leakOn } = year;
  const decisive = new Set([0, days - 1, ...turns(year)]);
  const near = (day: number, around: (day: number) => boolean): boolean => [day - 1, day, day + 1].some(around);
  return (day) =>
    near(day, (each) => each === leakOn) ||
    (day < daysWithNeighbours ? near(day, (each) => decisive.has(each)) : decisive.has(day));
}

/** Days of the walk on which a generation begins, or the overlap of the one before ends. */
function turns({ firstDay, rotation, days }: YearWalk): number[] {
  const { startsAt, everyDays, overlapDays } = rotation;
  const offset = (Date.parse(firstDay) - Date.parse(startsAt)) / DAY;
  return Array.from({ length: days }, (_, day) => day).filter((day) =>
    [0, overlapDays].includes((offset + day) % everyDays),
  );
}

/**
 * A run of the engine each morning that calls for one. Each noon the daemon signs in with what it read the noon before, re-reads the vault,
 * and signs in again: between two reads it has what it has.
 */
export async function walkDaily(stack: DatedStack, year: YearWalk): Promise<Walked> {
  const { firstDay, days, leakOn } = year;
  const runsOn = daysWithRun(year);
  let runs = 0;
  const changes = new Map<number, readonly string[]>();
  const refusals: string[] = [];
  const unverified: string[] = [];
  let held: HeldSecret | undefined;
  const overrides: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const at = (hour: number): string =>
      new Date(Date.parse(firstDay) + day * DAY).toISOString().replace("T00:", `T${String(hour).padStart(2, "0")}:`);
    stack.local.clock.set(at(6));
    if (day === leakOn) overrides.push(`daemons[0].secret.rotateNow=${at(6)}`);
    const done = runsOn(day) ? await stack.up(...overrides) : [];
    runs += runsOn(day) ? 1 : 0;
    if (done.length > 0) changes.set(day, done);

    stack.local.clock.set(at(12));
    if (held) {
      const answer = await stack.signIn(held);
      if (answer !== "signed in") refusals.push(`day ${day}, before it reads: ${answer}`);
    }
    held = await stack.read();
    const answer = await stack.signIn(held);
    if (answer !== "signed in") refusals.push(`day ${day}, after it has read: ${answer}`);
    if (done.length > 0 || day % verifyEvery === 0) {
      const { code, stdout, stderr } = await stack.verify();
      if (code !== 0) unverified.push(`day ${day}: ${stdout}${stderr}`);
    }
  }
  return { runs, changes, refusals, unverified };
}

/**
 * What the schedule says that each day's run has to do: a secret at each turn, written to the vault; the old one away
 * when its overlap has ended. The first day makes everything and is left out.
 */
export function expectedChanges({ firstDay, rotation, days, leakOn }: YearWalk): Map<number, readonly string[]> {
  const { startsAt, everyDays, overlapDays } = rotation;
  const offset = (Date.parse(firstDay) - Date.parse(startsAt)) / DAY;
  const names = new Map<number, string>();
  const gone = new Set<number>();
  const nameOf = (generation: number): string =>
    `azuread.ApplicationPassword ${names.get(generation) ?? `loader-generation-${generation}`}`;
  const expected = new Map<number, readonly string[]>();
  for (let day = 1; day < days; day += 1) {
    const generation = Math.floor((offset + day) / everyDays);
    const dayOfGeneration = (offset + day) % everyDays;
    if (day === leakOn) {
      const leaked = nameOf(generation);
      const stamp = new Date(Date.parse(firstDay) + day * DAY).toISOString().slice(0, 10).replaceAll("-", "");
      names.set(generation, `loader-generation-${generation}-${stamp}T060000Z`);
      const before = dayOfGeneration < overlapDays ? [`delete ${nameOf(generation - 1)}`] : [];
      gone.add(generation - 1);
      expected.set(day, [
        `create ${nameOf(generation)}`,
        ...before,
        `delete ${leaked}`,
        "update azure-native.keyvault.Secret loader-credential",
      ]);
    } else if (dayOfGeneration === 0) {
      const written = "update azure-native.keyvault.Secret loader-credential";
      expected.set(day, [`create ${nameOf(generation)}`, written]);
    } else if (dayOfGeneration === overlapDays && generation > 0 && !gone.has(generation - 1)) {
      expected.set(day, [`delete ${nameOf(generation - 1)}`]);
    }
  }
  return expected;
}
