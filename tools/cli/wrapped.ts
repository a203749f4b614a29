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
