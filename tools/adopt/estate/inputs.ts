/** Inputs of a planned resource. */
export type Inputs = Readonly<Record<string, unknown>>;

/** How the engine writes, in a preview, a text that is only known later. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A text that is known, also one within which nothing is pending. */
export const isKnown = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && !value.includes(UNKNOWN);

/** A text that the caller knows to be there. */
export function textIn(inputs: Inputs, name: string): string {
  const value = inputs[name];
  if (!isKnown(value)) throw new RangeError(`The input ${name} is not known.`);
  return value;
}
