import type { JsonObject } from "../../entra/records";
import { graphError } from "../errors";
import { readMoment } from "../moments";

export interface CredentialDates {
  readonly start: Date;
  readonly end: Date;
}

const startInvalid = (): Error =>
  graphError(400, "KeyCredentialsInvalidStartDate", "Key credential start date is invalid.");
const endInvalid = (): Error => graphError(400, "KeyCredentialsInvalidEndDate", "Key credential end date is invalid.");

/**
 * The dates of a credential that a client asks for.
 * @param defaults what stands for a date that is left out
 * @throws ServiceError 400 where a date is malformed, or the end is past or not after the start
 */
export function credentialDates(
  credential: JsonObject,
  defaults: { readonly start: Date; readonly endFrom: (start: Date) => Date },
  now: Date,
): CredentialDates {
  const start = moment(credential, "startDateTime", startInvalid) ?? defaults.start;
  const end = moment(credential, "endDateTime", endInvalid) ?? defaults.endFrom(start);
  if (end <= start || end <= now) {
    throw endInvalid();
  }
  return { start, end };
}

/**
 * A certificate's dates bound those of its credential.
 * @throws ServiceError 400
 */
export function requireWithin(dates: CredentialDates, bounds: CredentialDates): void {
  if (dates.start < bounds.start) {
    throw startInvalid();
  }
  if (dates.end > bounds.end) {
    throw endInvalid();
  }
}

function moment(credential: JsonObject, name: string, invalid: () => Error): Date | undefined {
  const value = credential[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  const read = readMoment(value);
  if (read === undefined) {
    throw invalid();
  }
  return read;
}
