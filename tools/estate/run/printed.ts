/** What the pulumi command tells at its end. */
export interface Printed {
  /** For example "+ 7 created, 2 unchanged"; empty where it tells none. */
  readonly changes: string;
  /** Its errors, in its own words; empty where there are none. */
  readonly errors: string;
}

/** Reads what preview, up or destroy has printed, without colours. */
export function readPrinted(output: string): Printed {
  const lines = output.split(/\r?\n/);
  const start = lines.findIndex((line) => /^Resources:/.test(line));
  const resources = start === -1 ? [] : lines.slice(start + 1);
  const end = resources.findIndex((line) => !line.startsWith("    "));
  const changes = (end === -1 ? resources : resources.slice(0, end)).map((line) => line.trim());
  return { changes: changes.join(", "), errors: errorsIn(lines).join("\n") };
}

/** Each error with the lines that belong to it: those after it that are indented no less, up to an empty one. */
function errorsIn(lines: readonly string[]): string[] {
  const begin = Math.max(
    0,
    lines.findIndex((line) => line.startsWith("Diagnostics:")),
  );
  const errors: string[] = [];
  let indent: number | undefined;
  for (const line of lines.slice(begin)) {
    const [leading = ""] = /^ */.exec(line) ?? [];
    const text = line.trim();
    if (text.startsWith("error:")) indent = leading.length;
    else if (text === "" || (indent !== undefined && leading.length < indent)) indent = undefined;
    if (indent !== undefined && !errors.includes(text)) errors.push(line.slice(indent).trimEnd());
  }
  return errors;
}
