import { rotationSchedule } from "../../../../components/identity/rotationSchedule";
import type { AccessReport } from "../../model/schema";
import { day } from "../dates";

type Timeline = AccessReport["timeline"];
type Schedule = Timeline["schedules"][number];

/** A generation that the program makes one day. */
export interface Generation {
  readonly number: number;
  readonly notBefore: string;
  readonly endDate: string;
}

const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** The generations that a schedule makes from one moment to another. */
export function generationsBetween(schedule: Schedule, from: number, to: number): Generation[] {
  const all = new Map<number, Generation>();
  for (let at = from; at <= to;) {
    const { previous, current, nextRotation } = rotationSchedule(schedule, moment(at));
    for (const each of [previous, current]) if (each) all.set(each.number, each);
    const next = Date.parse(nextRotation);
    if (next <= at) break;
    at = next;
  }
  return [...all.values()];
}

/** What a run of the program on a day would do to one daemon's secrets, in words. */
export function planOn(schedule: Schedule, at: number, present: readonly number[]): string {
  const { previous, current, nextRotation } = rotationSchedule(schedule, moment(at));
  const live = [previous, current].flatMap((each) => (each ? [each.number] : []));
  const makes = live.filter((number) => !present.includes(number));
  // One that is present before its time is staged: it stays.
  const removes = present.filter((number) => number < current.number && !live.includes(number));
  return [
    `Generation ${current.number} is in use, until ${day(current.endDate)}.`,
    ...(previous ? [`Generation ${previous.number} stays valid until ${day(previous.endDate)}.`] : []),
    ...(makes.length > 0 ? [`A run on this day makes generation ${makes.join(" and ")}.`] : []),
    ...(removes.length > 0 ? [`It removes generation ${removes.join(" and ")}.`] : []),
    `The next turn is on ${day(nextRotation)}.`,
  ].join(" ");
}
