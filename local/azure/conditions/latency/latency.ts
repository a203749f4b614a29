import type { Call } from "../call";
import type { Mode } from "../mode";

/** How long calls take. */
export interface Latency {
  /** Milliseconds that pass before the service gets the call; the factor is applied already. */
  delayOf(call: Call): number;
}

const none: Latency = { delayOf: () => 0 };

export const latencyMode: Mode<Latency> = { isReady: false, off: none, open: () => none };
