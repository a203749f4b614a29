import { unknownText } from "../../engine/marks";

/** Inputs of a planned resource. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A text that is known, also one within which nothing is pending. */
export const isKnown = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && !value.includes(unknownText);

/** A text that the caller knows to be there. */
export function textIn(inputs: Inputs, name: string): string {
  const value = inputs[name];
  if (!isKnown(value)) throw new RangeError(`The input ${name} is not known.`);
  return value;
}
