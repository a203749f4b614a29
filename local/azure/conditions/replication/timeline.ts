import { performance } from "node:perf_hooks";
import type { Clock } from "../../clock";

/** A moment on both clocks, in milliseconds. */
export interface Moment {
  readonly clock: number;
  readonly machine: number;
}

/** Tells how long ago something was. */
export interface Timeline {
  now(): Moment;
  /** Milliseconds. */
  since(moment: Moment): number;
}

/**
 * Time as local Azure's clock counts it or as the machine does, whichever is further on: a clock that a test moves makes changes
 * visible, and one that stands still lets no client wait for ever.
 */
export function timelineOf(clock: Clock): Timeline {
  const now = (): Moment => ({ clock: clock.now().getTime(), machine: performance.now() });
  return {
    now,
    since(moment) {
      const reached = now();
      return Math.max(reached.clock - moment.clock, reached.machine - moment.machine);
    },
  };
}
