import { InvalidArgumentError } from "commander";

/** Reads an option that is a moment. @throws InvalidArgumentError */
export function moment(text: string): Date {
  const date = new Date(text);
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError("Give a date and time with its zone, for example 2027-04-05T00:00:00Z.");
  }
  return date;
}

/** RFC 3339, UTC, whole seconds. */
export const inWords = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");
