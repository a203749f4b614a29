import type { ServiceError } from "./serviceError";

const busy =
  "Azure was too busy, and the provider's retries were used up. Run the same command again in a few minutes.";

/** A run's processes that don't reach each other, an answer of Azure that was lost, and a service that is too busy. */
export const lostConnection: readonly ServiceError[] = [
  {
    entry: "14 UNAVAILABLE: No connection established",
    message: /\b14 UNAVAILABLE: No connection established/,
    remedy:
      "The program did not reach the engine, which runs on the same machine. Run the same command again: nothing is deleted.",
  },
  {
    entry: "other side closed",
    message:
      /other side closed|socket hang up|ECONNRESET|connection reset by peer|no answer from \S+ within|\bterminated$/m,
    remedy:
      "The network lost an answer, and Azure may have completed the request. Run the same command again: it finds what was created.",
  },
  { entry: "SubscriptionRequestsThrottled", message: /SubscriptionRequestsThrottled/, remedy: busy },
  { entry: "TooManyRequests", message: /TooManyRequests/, remedy: busy },
  { entry: "ServerTimeout", message: /ServerTimeout/, remedy: busy },
];
