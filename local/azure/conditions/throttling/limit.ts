import type { AzureResponse } from "../../http/message";
import type { Call } from "../call";

/** A token bucket of a service. */
export interface Limit {
  /** Unique, in words: "ARM: writes to a subscription by one caller". */
  readonly counts: string;
  /** How much passes at once. */
  readonly size: number;
  readonly refillPerSecond: number;
  /** Where the numbers come from: an address, or the reason for an estimate. */
  readonly source: string;
}

/** What a call takes out of one bucket. */
export interface Charge {
  readonly limit: Limit;
  /** Tells the bucket from the limit's other ones: the caller, the vault. */
  readonly holder: string;
  readonly cost: number;
}

/** How full the bucket of a charge is. */
export interface Level {
  readonly limit: Limit;
  readonly left: number;
  /** The bucket's size, scaled. */
  readonly size: number;
}

/** A charge that its bucket cannot pay. */
export interface Exceeded {
  readonly limit: Limit;
  /** Until it can, seconds. */
  readonly wait: number;
  /** The mode's factor. */
  readonly factor: number;
  readonly now: Date;
}

/** How one service throttles. */
export interface ServiceLimits {
  readonly limits: readonly Limit[];
  /** Nothing where the caller is not known, or nothing is counted. */
  readonly chargesOf: (call: Call) => readonly Charge[];
  /** The refusal, whole: envelope and headers are the service's own. */
  readonly refusal: (call: Call, exceeded: Exceeded) => AzureResponse;
  /** Headers that tell what is left, on an answer to a call that was let through. @default none */
  readonly told?: (call: Call, levels: readonly Level[]) => Readonly<Record<string, string>>;
}

/** Retry-After in whole seconds, one at least. */
export const retryAfter = (seconds: number): string => String(Math.max(1, Math.ceil(seconds)));
