/** Text as Markdown shows it letter by letter: no mark-up, no mention of anyone, one line. */
export const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~&@]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** A name in a code span. */
export function code(name: string): string {
  const line = name.replaceAll(/\s+/g, " ").replaceAll("|", "¦");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What a reader unfolds. */
export const folded = (summary: string, body: string): string =>
  `<details>\n<summary>${plain(summary)}</summary>\n\n${body}\n\n</details>`;
