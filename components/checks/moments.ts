import { type Check, write } from "./refusal";

/** Without the hour 24, which JavaScript reads, and the clients of Azure in other languages don't. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Schedules count on from a moment by years, and must stay where dates have four digits of a year. */
const LATEST_YEAR = 2999;
const EXAMPLE = "2027-01-31T00:00:00Z";

/** How a YAML reader written in Go shows a date that stands without quotes. */
const UNQUOTED_IN_YAML = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 /;

/** A moment without doubt about its zone. */
export const moment: Check = (value) => {
  if (milliseconds(value) !== undefined) {
    const isNear = new Date(value).getUTCFullYear() <= LATEST_YEAR;
    return isNear ? undefined : { needed: `a moment before the year ${LATEST_YEAR + 1}`, fix: write(EXAMPLE) };
  }
  const needed = "a date and time with its zone, as RFC 3339 writes it";
  const [, day, time] = UNQUOTED_IN_YAML.exec(value) ?? [];
  if (day === undefined || time === undefined) return { needed, fix: write(EXAMPLE) };
  return { needed, fix: `Put it in quotes, "${day}T${time}Z", or YAML reads it as a timestamp.` };
};

/** A moment later than another, given as RFC 3339. */
export const momentAfter =
  (asOf: string): Check =>
  (value) => {
    const malformed = moment(value);
    if (malformed) return malformed;
    return instant(value) > instant(asOf)
      ? undefined
      : { needed: `a moment later than ${inUtc(asOf)}, which is when this runs`, fix: "Choose a later one." };
  };

/** A moment that has come by another, given as RFC 3339. */
export const momentUntil =
  (asOf: string): Check =>
  (value) => {
    const malformed = moment(value);
    if (malformed) return malformed;
    return instant(value) <= instant(asOf)
      ? undefined
      : { needed: `a moment no later than ${inUtc(asOf)}, which is when this runs`, fix: write(inUtc(asOf)) };
  };

/** Milliseconds since 1970, of a checked moment. */
export function instant(checked: string): number {
  const value = milliseconds(checked);
  if (value === undefined) throw new RangeError(`Not a moment: ${checked}`);
  return value;
}

/** The one way we write a moment: UTC, whole seconds. */
export const inUtc = (checked: string | number): string =>
  `${new Date(typeof checked === "number" ? checked : instant(checked)).toISOString().slice(0, 19)}Z`;

function milliseconds(value: string): number | undefined {
  const day = RFC_3339.exec(value)?.[1];
  const parsed = Date.parse(value);
  // Date.parse turns 30 February into a day of March.
  if (day === undefined || Number.isNaN(parsed) || !isCalendarDay(day)) return undefined;
  return parsed;
}

function isCalendarDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
