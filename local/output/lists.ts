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
