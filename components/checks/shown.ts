import * as pulumi from "@pulumi/pulumi";

const LONGEST_QUOTE = 80;

/** A value as an error may quote it: short plain values as they are, of everything else only the kind. */
export function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  if (value === null) return "null";
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return "an Output";
  if (typeof value === "string") return kindOfText(value) ?? quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return "an object";
}

/** What a text is that no error may quote, not even its beginning. */
function kindOfText(text: string): string | undefined {
  if (text.includes("PRIVATE KEY")) return "a private key";
  if (text.includes("BEGIN CERTIFICATE")) return "a certificate in PEM";
  return /^[A-Za-z0-9+/=_\s-]{200,}$/.test(text) ? `an encoded text of ${text.length} characters` : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
