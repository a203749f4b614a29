import type { Conditions } from "../azure/conditions/conditions";

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
