import { stripVTControlCharacters } from "node:util";
import { wrapped } from "./wrapped";

/** What came of one check. */
export interface ResultLine {
  readonly result: string;
  /** What was checked. */
  readonly text: string;
  /** What was found; empty where there is nothing to say. */
  readonly found: string;
  /** What follows the text, " (12 ms)". @default nothing */
  readonly suffix?: string;
}

export interface ResultLinesOptions {
  /** Gives the result its colour. */
  readonly paint: (result: string) => string;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Whether a drawn table fits. @param width that there is, in columns */
export const fits = (table: string, width: number): boolean =>
  stripVTControlCharacters(table.split("\n")[0] ?? "").length <= width;

/**
 * A line for each check, where a table would be too wide; what was found comes below where it does not fit beside, cut
 * between words.
 */
export function resultLines(lines: readonly ResultLine[], { paint, width }: ResultLinesOptions): string[][] {
  const column = Math.max(...lines.map(({ result }) => result.length)) + 2;
  const below = " ".repeat(2 + column);
  return lines.map(({ result, text, found, suffix = "" }) => {
    const lead = `  ${paint(result)}${" ".repeat(column - result.length)}`;
    if (found === "") return [`${lead}${text}${suffix}`];
    const isShort = below.length + `${text}: ${found}${suffix}`.length <= width;
    return isShort ? [`${lead}${text}: ${found}${suffix}`] : [`${lead}${text}${suffix}`, wrapped(below, found, width)];
  });
}
