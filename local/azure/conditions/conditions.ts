import { randomInt } from "node:crypto";
import type { Clock } from "../clock";
import { FaultPlan } from "./faults/faultPlan";
import { latencyMode, type Latency } from "./latency/latency";
import type { Mode, ModeChoice } from "./mode";
import { replicationMode, type Replication } from "./replication/replication";
import { largestSeed, randomStream } from "./seed";
import { throttlingMode, type Throttling } from "./throttling/throttling";

/** What makes the day a bad one. Nothing is wrong where it is left out. */
export interface Conditions {
  /** How changes reach replicas. @default at once */
  readonly replication?: ModeChoice;
  /** Limits of the services. @default none */
  readonly throttling?: ModeChoice;
  /** How long calls take. @default as long as this machine takes */
  readonly latency?: ModeChoice;
  /** What every random choice follows from, an integer from 0 to 4294967295. @default drawn */
  readonly seed?: number;
}

/** The conditions that hold in a running local Azure. */
export interface ConditionsInForce {
  readonly seed: number;
  readonly faults: FaultPlan;
  readonly replication: Replication;
  readonly throttling: Throttling;
  readonly latency: Latency;
}

/** A seed for a run that was given none. */
export const drawnSeed = (): number => randomInt(largestSeed);

export function openConditions(conditions: Conditions, clock: Clock): ConditionsInForce {
  const { seed = drawnSeed() } = conditions;
  const opened = <T>(purpose: string, mode: Mode<T>, choice: ModeChoice | undefined): T =>
    choice === undefined
      ? mode.off
      : mode.open({ clock, random: randomStream(seed, purpose), factor: choice.factor ?? 1 });
  return {
    seed,
    faults: new FaultPlan(),
    replication: opened("replication", replicationMode, conditions.replication),
    throttling: opened("throttling", throttlingMode, conditions.throttling),
    latency: opened("latency", latencyMode, conditions.latency),
  };
}
