import { randomInt } from "node:crypto";
import type { Clock } from "../clock";
import { FaultPlan } from "./faults/faultPlan";
import { Injections } from "./faults/injections";
import type { Scenario } from "./faults/scenarioSchema";
import { latencyMode, type Latency } from "./latency/latency";
import type { Mode, ModeChoice } from "./mode";
import { replicationMode, type Replication } from "./replication/replication";
import { largestSeed, randomStream } from "./seed";
import { throttlingMode, type Throttling } from "./throttling/throttling";

/** What makes the day a bad one. Nothing is wrong where it is left out. */
export interface Conditions {
  /** What goes wrong with single requests. @default nothing */
  readonly faults?: readonly Scenario[];
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
  /** What the faults have done. */
  readonly injections: Injections;
  readonly replication: Replication;
  readonly throttling: Throttling;
  readonly latency: Latency;
  /** The modes that are on, as they were wanted. */
  readonly modes: ChosenModes;
}

/** Modes by name; one that is off is left out. */
export type ChosenModes = Pick<Conditions, "replication" | "throttling" | "latency">;

/** A seed for a run that was given none. */
export const drawnSeed = (): number => randomInt(largestSeed);

export function openConditions(conditions: Conditions, clock: Clock): ConditionsInForce {
  const { seed = drawnSeed(), replication, throttling, latency } = conditions;
  const faults = new FaultPlan(clock, seed);
  for (const scenario of conditions.faults ?? []) faults.enact(scenario);
  const opened = <T>(purpose: string, mode: Mode<T>, choice: ModeChoice | undefined): T =>
    choice === undefined
      ? mode.off
      : mode.open({ clock, random: randomStream(seed, purpose), factor: choice.factor ?? 1 });
  return {
    seed,
    faults,
    injections: new Injections(),
    replication: opened("replication", replicationMode, replication),
    throttling: opened("throttling", throttlingMode, throttling),
    latency: opened("latency", latencyMode, latency),
    modes: {
      ...(replication && { replication }),
      ...(throttling && { throttling }),
      ...(latency && { latency }),
    },
  };
}

/** A change of the conditions while local Azure runs. Null switches a mode off. */
export interface ConditionsChange {
  /** Faults, throttling and latency begin anew with it. */
  readonly seed?: number | undefined;
  readonly throttling?: ModeChoice | null | undefined;
  readonly latency?: ModeChoice | null | undefined;
}

/** The conditions after a change. Scenarios, injections and replication go on. */
export function changedConditions(
  before: ConditionsInForce,
  change: ConditionsChange,
  clock: Clock,
): ConditionsInForce {
  const { seed = before.seed } = change;
  const wanted = (name: "throttling" | "latency"): ModeChoice | undefined =>
    change[name] === undefined ? before.modes[name] : (change[name] ?? undefined);
  const throttling = wanted("throttling");
  const latency = wanted("latency");
  const after = openConditions({ seed, ...(throttling && { throttling }), ...(latency && { latency }) }, clock);
  if (change.seed !== undefined) before.faults.reseed(seed);
  const { faults, injections, replication, modes } = before;
  const kept = modes.replication && { replication: modes.replication };
  return { ...after, faults, injections, replication, modes: { ...after.modes, ...kept } };
}
