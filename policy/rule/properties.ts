/**
 * A resource's properties as a rule reads them, by path ("properties.networkAcls.defaultAction").
 *
 * At preview a value may be pending: known only once something else is made. Reading such a value throws the policy
 * SDK's own error, which ends this rule on this resource with a note in the output; so a rule reads only what it needs.
 * `has`, `count`, `pending`, `items` and `texts` never throw for a pending leaf or element.
 */
export class Properties {
  constructor(private readonly raw: unknown) {}

  /** True if the value is given, known or pending. */
  has(path: string): boolean {
    return this.pending(path) || this.value(path) !== undefined;
  }

  /** True if the value is given but can't be known yet. */
  pending(path: string): boolean {
    try {
      this.value(path);
      return false;
    } catch (error) {
      if (isPendingValue(error)) return true;
      throw error;
    }
  }

  text(path: string): string | undefined {
    const value = this.value(path);
    return typeof value === "string" ? value : undefined;
  }

  /** A text in lower case: Azure compares most enumerations without case. */
  lower(path: string): string | undefined {
    return this.text(path)?.toLowerCase();
  }

  flag(path: string): boolean | undefined {
    const value = this.value(path);
    return typeof value === "boolean" ? value : undefined;
  }

  number(path: string): number | undefined {
    const value = this.value(path);
    return typeof value === "number" ? value : undefined;
  }

  /** How many elements a list has, pending ones too. A pending list counts as undefined. */
  count(path: string): number | undefined {
    if (this.pending(path)) return undefined;
    const value = this.value(path);
    return Array.isArray(value) ? value.length : 0;
  }

  /** The known elements of a list of objects; an object given where a list is meant is a list of one. */
  items(path: string): Properties[] {
    return this.knownElements(path).map((element) => new Properties(element));
  }

  /** The known texts of a list. */
  texts(path: string): string[] {
    return this.knownElements(path).filter((element) => typeof element === "string");
  }

  /** The names of an object's keys: of tags, for example. */
  keys(path: string): string[] {
    const value = this.value(path);
    return isRecord(value) ? Object.keys(value) : [];
  }

  /** The names of the outermost keys in whose values a text occurs, at any depth. Pending parts are passed over. */
  namesHolding(text: string): string[] {
    return Object.keys(Object(this.raw) as object).filter((key) => {
      const value = this.knownAt([key]);
      return typeof value === "string" ? value.includes(text) : new Properties(value).namesHolding(text).length > 0;
    });
  }

  private knownElements(path: string): unknown[] {
    const value = this.value(path);
    if (isRecord(value)) return [value];
    if (!Array.isArray(value)) return [];
    const list = new Properties(value);
    return Array.from({ length: value.length }, (_, index) => String(index))
      .map((index) => list.knownAt([index]))
      .filter((element) => element !== undefined);
  }

  private knownAt(keys: readonly string[]): unknown {
    try {
      return this.at(keys);
    } catch (error) {
      if (isPendingValue(error)) return undefined;
      throw error;
    }
  }

  private value(path: string): unknown {
    return this.at(path.split("."));
  }

  private at(keys: readonly string[]): unknown {
    let value = this.raw;
    for (const key of keys) {
      if (typeof value !== "object" || value === null) return undefined;
      value = (value as Record<string, unknown>)[key];
    }
    return value ?? undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The policy SDK doesn't export its error's class; it is known by the field that only it has. */
const isPendingValue = (error: unknown): boolean => error instanceof Error && "unknownTypeSentinel" in error;
