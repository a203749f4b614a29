import type { Completed, LeftOut } from "./completion";

const typeName = (type: string): string => type.split(":").at(-1) ?? type;

/** What was found, what waits, and what is left to `up`, a line each. */
export function completedLines({ found, waiting, leftOut }: Completed): string[] {
  return [
    ...section(
      "found",
      found.map(({ type, name, id }) => `${typeName(type)} ${name}: ${id}`),
    ),
    ...section("found once the others are imported; run this again then", waiting.map(line)),
    ...section("not found; up would create", leftOut.map(line)),
  ];
}

const line = ({ type, name, reason }: LeftOut): string => `${typeName(type)} ${name}: ${reason}`;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((each) => `  ${each}`)];
