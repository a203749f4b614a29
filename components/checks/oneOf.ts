import { didYouMean } from "./nearest";
import type { Check } from "./refusal";

/** One of a few words. */
export const oneOf =
  (what: string, allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value)
      ? undefined
      : {
          needed: `${what}: ${allowed.map((word) => `"${word}"`).join(", ")}`,
          fix: didYouMean(value, allowed, "Choose one of these."),
        };

/** The first word that comes a second time. */
export function firstRepeated(words: readonly string[]): { word: string; index: number } | undefined {
  const index = words.findIndex((word, at) => words.indexOf(word) !== at);
  const word = words[index];
  return word === undefined ? undefined : { word, index };
}
