import type { Check } from "./refusal";

/** A whole number within limits, both included. */
export const wholeNumber =
  (lowest: number, highest: number, unit: string): Check<number> =>
  (value) =>
    Number.isInteger(value) && value >= lowest && value <= highest
      ? undefined
      : { needed: `a whole number of ${unit} from ${lowest} to ${highest}`, fix: `Write, for example, ${highest}.` };
