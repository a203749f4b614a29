import { vaultSecret } from "../../../policy/rule/resourceTypes";
import { credentialsIn } from "../estate/credentials";
import type { Estates } from "../estate/estate";
import { Parties } from "../estate/parties";
import { isOf } from "../estate/resource";

const DAY = 86_400_000;
/** From how many days before its end a credential is told as due. */
export const DUE_WITHIN_DAYS = 30;

/** A date by which something has to turn. */
export interface RotationDue {
  /** Whose it is, or which secret of a vault. */
  readonly of: string;
  readonly what: "client secret" | "certificate" | "vault secret" | "next rotation";
  /** Name of the resource, or of the stack's output that tells the date. */
  readonly resource: string;
  /** RFC 3339, UTC. */
  readonly date: string;
  /** From the moment of the review; negative where it is past. */
  readonly daysLeft: number;
  /** "due" from 30 days before. */
  readonly state: "past" | "due" | "later";
}

/** All dates of the stack as it will be, the nearest first. */
export function rotationsIn(estates: Estates, now: number): RotationDue[] {
  const parties = new Parties(estates);
  const due = (of: string, what: RotationDue["what"], resource: string, time: number): RotationDue => {
    const daysLeft = Math.floor((time - now) / DAY);
    const state = time <= now ? "past" : daysLeft < DUE_WITHIN_DAYS ? "due" : "later";
    return { of, what, resource, date: new Date(time).toISOString().replace(".000Z", "Z"), daysLeft, state };
  };
  const { resources, outputs } = estates.after;
  const all = [
    ...credentialsIn(estates.after, parties).flatMap(({ of, kind, resource, ends }) =>
      ends === undefined ? [] : [due(of.name, kind === "secret" ? "client secret" : kind, resource.name, ends)],
    ),
    ...resources
      .filter((each) => isOf(each, vaultSecret))
      .flatMap(({ name, inputs }) => {
        const seconds = inputs.number("properties.attributes.expires");
        return isDate(seconds) ? [due(name, "vault secret", name, seconds * 1000)] : [];
      }),
    ...outputs.entries().flatMap(([name, text]) => {
      const daemon = /^(.+)\.nextRotation$/.exec(name)?.[1];
      const time = Date.parse(text);
      return daemon === undefined || Number.isNaN(time) ? [] : [due(daemon, "next rotation", name, time)];
    }),
  ];
  return nearestFirst(all);
}

/** Dates in their order. */
export const nearestFirst = (all: readonly RotationDue[]): RotationDue[] =>
  [...all].sort((one, other) => `${one.date} ${one.resource}`.localeCompare(`${other.date} ${other.resource}`));

/** JavaScript's dates end at this many seconds. */
const isDate = (seconds: number | undefined): seconds is number =>
  seconds !== undefined && Math.abs(seconds) <= 8_640_000_000_000;
