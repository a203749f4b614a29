const LONGEST_QUOTE = 80;

/** A value as an error may quote it: short plain values as they are, of everything else only the kind. */
export function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : "a group of settings";
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
