import type { Clock } from "../clock";
import type { RandomStream } from "./seed";

/** How a mode is wanted. */
export interface ModeChoice {
  /** Whose behaviour it imitates. */
  readonly profile: "azure";
  /** Multiplies every duration of the mode: 0.1 runs ten times as fast. @default 1 */
  readonly factor?: number;
}

/** What a mode is made with. */
export interface ModeSetup {
  readonly clock: Clock;
  /** Random numbers of this mode alone: the same seed gives the same ones, whatever other modes draw. */
  readonly random: RandomStream;
  readonly factor: number;
}

/** A condition that can be switched on as a whole. */
export interface Mode<T> {
  /** Whether the command line's help tells of it. */
  readonly isReady: boolean;
  /** What holds while it is off. */
  readonly off: T;
  readonly open: (setup: ModeSetup) => T;
}
