import { InvalidArgumentError } from "commander";

/** Reads an option that is a moment. @throws InvalidArgumentError */
export function moment(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError("Give a date and time with its zone, for example 2027-04-05T00:00:00Z.");
  }
  return date;
}

/** RFC 3339, UTC, whole seconds. */
export const momentInWords = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");

/** Reads an option that is a number of seconds, from `least` to `most`. @throws InvalidArgumentError */
export const seconds =
  (least: number, most = 3_600) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value) || text.trim() === "" || value < least || value > most) {
      throw new InvalidArgumentError(`Give seconds, from ${least} to ${most}.`);
    }
    return value;
  };

/** Reads an option that is a whole number. @throws InvalidArgumentError */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && text.trim() !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };

/** Reads an option that is a GUID, in lower case. @throws InvalidArgumentError */
export function guid(value: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) {
    throw new InvalidArgumentError("Give a GUID, for example 46410032-25fe-4fa0-8822-64728e1cd912.");
  }
  return value.toLowerCase();
}

/** Collects an option that may be repeated. */
export const repeated = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Reads a repeatable list, with commas or option by option, of known words. @throws InvalidArgumentError */
export const someOf =
  <Word extends string>(known: readonly Word[]) =>
  (text: string, before: readonly Word[] = []): Word[] => {
    const given = text.split(",").map((word) => word.trim());
    const chosen = given.map((word) => {
      const found = known.find((each) => each === word);
      if (found === undefined) {
        throw new InvalidArgumentError(`Give some of ${known.join(", ")}, with commas between; not "${word}".`);
      }
      return found;
    });
    return [...before, ...chosen];
  };
