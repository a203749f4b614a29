/** Why a value cannot be taken, and what to write in its place. */
export interface Refusal {
  /** What is allowed there, as a noun phrase. */
  readonly needed: string;
  /** What to do: one sentence with its full stop. */
  readonly fix: string;
}

/** Judges one value. `undefined` means that it can be taken. */
export type Check<T = string> = (value: T) => Refusal | undefined;

/** Takes one problem: the input, what was given, what is needed. */
export type Tell = (input: string, given: unknown, refusal: Refusal) => void;

/** The usual fix: an example to copy. */
export const write = (example: string): string => `Write, for example, ${JSON.stringify(example)}.`;
