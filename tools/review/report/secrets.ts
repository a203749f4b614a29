/** Shorter texts are words, and hiding them would spoil the report; the report never quotes a secret's property anyway. */
export const SHORTEST_SECRET = 8;
const MASK = "[secret]";

/** Takes secrets out of whatever is told. */
export class Secrets {
  private readonly known = new Set<string>();

  readonly hide = (text: string): void => {
    if (text.length >= SHORTEST_SECRET && text !== MASK) this.known.add(text);
  };

  /** The same value without any secret in any text of it. */
  clean<T>(value: T): T {
    // The longest first: one secret may hold another.
    const secrets = [...this.known].sort((one, other) => other.length - one.length);
    return cleaned(value, (text) => secrets.reduce((left, secret) => left.replaceAll(secret, MASK), text)) as T;
  }
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, clean)]));
}
