import type { Conditions } from "../azure/conditions/conditions";
import type { Effect } from "../azure/conditions/faults/fault";
import type { InjectionCount } from "../azure/conditions/faults/injections";

/** The conditions that a command was asked for, with the options they came by. */
export interface ChosenConditions {
  readonly conditions: Conditions & { readonly seed: number };
  /** Whether the seed was drawn rather than given. */
  readonly isSeedDrawn: boolean;
  /** As they were written, for example "--latency". */
  readonly options: readonly string[];
}

/** What the reader is told at the start, so that the run can be repeated; undefined where nothing follows from the seed. */
export function seedLine({ conditions, isSeedDrawn, options }: ChosenConditions): string | undefined {
  const isUsed = options.some((option) => option !== "--seed");
  return isUsed && isSeedDrawn
    ? `The seed of this run is ${conditions.seed}. Give --seed ${conditions.seed} to repeat it.`
    : undefined;
}

const effects: Readonly<Record<Effect["kind"], string>> = {
  answer: "answered in the service's place",
  reset: "ended the connection before anything took effect",
  silence: "gave no answer",
  lost: "lost the answer after the change took effect",
  half: "ended the connection amid the answer",
  slow: "sent the answer slowly",
  merge: "changed the answer",
  delay: "delayed the request",
};

/** What was injected, for the reader of the run. */
export function injectedLines(counts: readonly InjectionCount[], hasScenarios: boolean): readonly string[] {
  if (counts.length === 0) {
    return hasScenarios ? ["No fault was injected: no rule of the scenarios was due for a request."] : [];
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return [
    `Injected faults: ${total}`,
    ...counts.map(({ scenario, rule, effect, count }) => `  ${count} by ${scenario}, rule ${rule}: ${effects[effect]}`),
  ];
}
