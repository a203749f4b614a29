import { ownValue } from "../http/ownValue";

export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "symbol"; readonly text: "(" | ")" | "," | ":" };

/** Thrown where a `$filter` is none. Each service says so in its own words. */
export class FilterSyntaxError extends Error {
  constructor(readonly filter: string) {
    super(`not a filter: ${filter}`);
    this.name = "FilterSyntaxError";
  }
}

const pattern = /\s*(?:'((?:[^']|'')*)'|([(),:])|(-?\d+(?:\.\d+)?)(?![\w-])|([A-Za-z_@$0-9][\w@.$/-]*(?::[\d:.]+Z)?))/y;

/** Splits a `$filter` expression. Dates and GUIDs without quotes come as names, and so do words like `and`. */
export function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  const text = filter.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) {
      throw new FilterSyntaxError(filter);
    }
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, quoted, symbol, number, name = ""]: RegExpExecArray): Token {
  if (quoted !== undefined) {
    return { kind: "literal", value: quoted.replaceAll("''", "'") };
  }
  if (symbol !== undefined) {
    return { kind: "symbol", text: symbol as "(" | ")" | "," | ":" };
  }
  if (number !== undefined) {
    return { kind: "literal", value: Number(number) };
  }
  const words: Record<string, boolean | null> = { true: true, false: false, null: null };
  const word = ownValue(words, name);
  return word === undefined ? { kind: "name", text: name } : { kind: "literal", value: word };
}
