import type { ClientRule } from "./retryRule";

/** How the commands of this package repeat their own requests. */
export const ownRule: ClientRule = {
  statuses: [408, 429, 500, 502, 503, 504],
  unanswered: "GET and HEAD",
  attempts: 4,
  waits: {
    headers: ["retry-after-ms", "x-ms-retry-after-ms", "retry-after"],
    reads: "numbers and dates above nothing",
    first: 500,
    growth: "doubling",
    longest: 8_000,
    refusesLonger: false,
  },
};
