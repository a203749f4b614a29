import type { JsonObject, JsonValue } from "../../entra/records";
import { advancedQueryRefused, unsupportedFilter } from "../errors";
import { filterSyntaxError, tokenize, type Token } from "./filterTokens";

export type Predicate = (entity: JsonObject) => boolean;

/** What of an entity can be filtered by. */
export interface Filterable {
  /** The entity's name as errors write it, for example "Application". */
  readonly resource: string;
  /** Property paths, for example `displayName` or `web/homePageUrl`. */
  readonly properties: readonly string[];
}

type Literal = string | number | boolean | null;
const comparisons = ["eq", "ne", "ge", "le", "gt", "lt"] as const;
type Comparison = (typeof comparisons)[number];

/**
 * Reads a `$filter`: comparisons, `startswith`, `endswith`, `in`, `any` over a list, `and`, `or`, `not`, parentheses.
 * Text compares in any letter case, as the directory compares it.
 * @param advanced whether the request allows the operators that only the directory's search index knows
 * @throws ServiceError 400
 */
export function parseFilter(filter: string, filterable: Filterable, advanced: boolean): Predicate {
  return new FilterParser(filter, tokenize(filter), filterable, advanced).parse();
}

class FilterParser {
  private position = 0;
  /** The variable of the `any` that is being read. */
  private variable: string | undefined;

  constructor(
    private readonly filter: string,
    private readonly tokens: readonly Token[],
    private readonly filterable: Filterable,
    private readonly advanced: boolean,
  ) {}

  parse(): Predicate {
    const predicate = this.or();
    if (this.position !== this.tokens.length) {
      throw filterSyntaxError(this.filter);
    }
    return predicate;
  }

  private or(): Predicate {
    let left = this.and();
    while (this.takeWord("or")) {
      const [first, second] = [left, this.and()];
      left = (entity) => first(entity) || second(entity);
    }
    return left;
  }

  private and(): Predicate {
    let left = this.unary();
    while (this.takeWord("and")) {
      const [first, second] = [left, this.unary()];
      left = (entity) => first(entity) && second(entity);
    }
    return left;
  }

  private unary(): Predicate {
    if (this.takeWord("not")) {
      this.requireAdvanced("not");
      const negated = this.unary();
      return (entity) => !negated(entity);
    }
    if (this.takeSymbol("(")) {
      const inner = this.or();
      this.expectSymbol(")");
      return inner;
    }
    return this.condition();
  }

  private condition(): Predicate {
    const name = this.name();
    const lower = name.toLowerCase();
    if (lower === "startswith" || lower === "endswith") {
      return this.textFunction(lower);
    }
    if (lower.endsWith("/any")) {
      return this.any(name.slice(0, -"/any".length));
    }
    const path = this.path(name);
    if (this.takeWord("in")) {
      const options = this.list();
      return (entity) => options.some((option) => compare(valueAt(entity, path), "eq", option));
    }
    const operator = comparisons.find((candidate) => this.takeWord(candidate));
    if (operator === undefined) {
      throw filterSyntaxError(this.filter);
    }
    if (operator === "ne") {
      this.requireAdvanced(operator);
    }
    const literal = this.literal();
    return (entity) => compare(valueAt(entity, path), operator, literal);
  }

  private textFunction(name: "startswith" | "endswith"): Predicate {
    if (name === "endswith") {
      this.requireAdvanced(name);
    }
    this.expectSymbol("(");
    const path = this.path(this.name());
    this.expectSymbol(",");
    const wanted = String(this.literal()).toLowerCase();
    this.expectSymbol(")");
    return (entity) => {
      const value = valueAt(entity, path);
      const text = typeof value === "string" ? value.toLowerCase() : "";
      return name === "startswith" ? text.startsWith(wanted) : text.endsWith(wanted);
    };
  }

  private any(property: string): Predicate {
    const path = this.path(property);
    this.expectSymbol("(");
    const outer = this.variable;
    this.variable = this.name();
    this.expectSymbol(":");
    const inner = this.or();
    this.expectSymbol(")");
    this.variable = outer;
    return (entity) => {
      const values = valueAt(entity, path);
      return Array.isArray(values) && values.some((value: JsonValue) => inner({ [element]: value }));
    };
  }

  private list(): Literal[] {
    this.expectSymbol("(");
    const options = [this.literal()];
    while (this.takeSymbol(",")) {
      options.push(this.literal());
    }
    this.expectSymbol(")");
    return options;
  }

  /** A property path; inside `any`, a path from the list's element. */
  private path(name: string): readonly string[] {
    const [first = "", ...rest] = name.split("/");
    if (this.variable !== undefined && first === this.variable) {
      return [element, ...rest];
    }
    if (!this.filterable.properties.includes(name)) {
      throw unsupportedFilter(name, this.filterable.resource);
    }
    return [first, ...rest];
  }

  private name(): string {
    const token = this.tokens[this.position++];
    if (token?.kind !== "name") {
      throw filterSyntaxError(this.filter);
    }
    return token.text;
  }

  /** A value; dates and GUIDs may stand without quotes. */
  private literal(): Literal {
    const token = this.tokens[this.position++];
    if (token === undefined || token.kind === "symbol") {
      throw filterSyntaxError(this.filter);
    }
    return token.kind === "literal" ? token.value : token.text;
  }

  private requireAdvanced(operator: string): void {
    if (!this.advanced) {
      throw advancedQueryRefused(operator);
    }
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.position];
    const taken = token?.kind === "name" && token.text.toLowerCase() === word;
    this.position += taken ? 1 : 0;
    return taken;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.tokens[this.position];
    const taken = token?.kind === "symbol" && token.text === symbol;
    this.position += taken ? 1 : 0;
    return taken;
  }

  private expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) {
      throw filterSyntaxError(this.filter);
    }
  }
}

/** Where the element that `any` looks at stands while its condition runs. */
const element = "@element";

function valueAt(entity: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = entity;
  for (const step of path) {
    value =
      typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject)[step] : undefined;
  }
  return value;
}

function compare(value: JsonValue | undefined, operator: Comparison, literal: Literal): boolean {
  const left = typeof value === "string" ? value.toLowerCase() : (value ?? null);
  const right = typeof literal === "string" ? literal.toLowerCase() : literal;
  if (operator === "eq" || operator === "ne") {
    return (left === right) === (operator === "eq");
  }
  if (left === null || right === null || typeof left !== typeof right) {
    return false;
  }
  switch (operator) {
    case "ge":
      return left >= right;
    case "le":
      return left <= right;
    case "gt":
      return left > right;
    case "lt":
      return left < right;
  }
}
