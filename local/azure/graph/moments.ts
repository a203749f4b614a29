import type { JsonValue } from "../entra/records";

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$/i;

/** A moment as Graph writes it: UTC, to the second, or with the fraction where there is one. */
export const graphMoment = (moment: Date): string => moment.toISOString().replace(".000Z", "Z");

/** A moment that a client sent; undefined where it is not one with a zone. */
export function readMoment(value: JsonValue | undefined): Date | undefined {
  if (typeof value !== "string" || !rfc3339.test(value)) {
    return undefined;
  }
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
