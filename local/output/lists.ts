import { inline } from "./values";

/**
 * Names and values, a line each. A value that does not fit beside its name comes whole on a line of its own, so that an
 * address can be copied.
 *
 * @param width that there is, in columns
 */
export function listOf(values: Readonly<Record<string, unknown>>, width: number): string {
  const names = Object.keys(values).sort();
  const column = Math.max(...names.map((name) => name.length)) + 2;
  return names
    .map((name) => {
      const value = inline(values[name]);
      const beside = `  ${name.padEnd(column)}${value}`;
      return beside.length <= width ? beside : `  ${name}\n    ${value}`;
    })
    .join("\n");
}

/**
 * Text on lines no longer than the width, broken at spaces, the second and later ones indented.
 *
 * @param first what the first line begins with
 */
export function wrapped(first: string, text: string, width: number): string {
  const indent = " ".repeat(first.length);
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    const empty = line === first || line === indent;
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = empty ? `${line}${word}` : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
