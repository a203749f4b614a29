const mask = "[secret]";
/** A shorter value is in half of all words, and would spoil every text without hiding anything. */
const shortest = 4;
/** From here on a value is hidden within words too: it is there by nobody's chance. */
const unmistakable = 16;
/** What a word is made of, and a name of Azure's. */
const wordCharacter = String.raw`[\p{L}\p{N}_-]`;

/**
 * Takes secrets out of whatever is about to be told. A short one, such as a passphrase, is hidden where it stands whole: in
 * `kv-daemons-full` the passphrase `daemons` is no secret.
 */
export class Redactor {
  /** Patterns by what they hide, the longest first: one secret may hold another. */
  private patterns = new Map<string, RegExp>();

  /** From now on the value is never told, in none of the spellings that an error may carry it in. */
  readonly hide = (secret: string | undefined): void => {
    if (secret === undefined || secret.length < shortest || secret === mask) return;
    for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      this.patterns.set(spelling, patternOf(spelling));
    }
    this.patterns = new Map([...this.patterns].sort(([one], [other]) => other.length - one.length));
  };

  readonly clean = (text: string): string =>
    [...this.patterns.values()].reduce((left, pattern) => left.replace(pattern, mask), text);

  /** The same value without any secret in any text of it. */
  cleanValue<T>(value: T): T {
    return cleaned(value, this.clean) as T;
  }
}

function patternOf(secret: string): RegExp {
  const literal = secret.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const whole = secret.length >= unmistakable ? literal : `(?<!${wordCharacter})${literal}(?!${wordCharacter})`;
  return new RegExp(whole, "gu");
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, clean)]));
}
