import { FilterSyntaxError, tokenize, type Token } from "./tokens";

export type Literal = string | number | boolean | null;

const comparisons = ["eq", "ne", "ge", "le", "gt", "lt"] as const;
export type Comparison = (typeof comparisons)[number];

/** An argument of a function: a property's path, or a value. */
export type Argument = { readonly path: string } | { readonly value: Literal };

/** A `$filter`, taken apart. What its names mean is the service's business. */
export type Expression =
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "compare"; readonly path: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: "in"; readonly path: string; readonly values: readonly Literal[] }
  /** `name` is in lower case. */
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Argument[] }
  | {
      readonly kind: "any" | "all";
      readonly path: string;
      readonly variable: string;
      readonly condition: Expression | undefined;
    };

/**
 * Reads a `$filter`: comparisons, `in`, functions, `any` and `all` over a list, `and`, `or`, `not`, parentheses.
 * @throws FilterSyntaxError
 */
export const parseExpression = (filter: string): Expression => new ExpressionParser(filter, tokenize(filter)).parse();

class ExpressionParser {
  private position = 0;

  constructor(
    private readonly filter: string,
    private readonly tokens: readonly Token[],
  ) {}

  parse(): Expression {
    const expression = this.or();
    if (this.position !== this.tokens.length) {
      throw this.unreadable();
    }
    return expression;
  }

  private or(): Expression {
    let left = this.and();
    while (this.takeWord("or")) {
      left = { kind: "or", left, right: this.and() };
    }
    return left;
  }

  private and(): Expression {
    let left = this.unary();
    while (this.takeWord("and")) {
      left = { kind: "and", left, right: this.unary() };
    }
    return left;
  }

  private unary(): Expression {
    if (this.takeWord("not")) {
      return { kind: "not", operand: this.unary() };
    }
    if (this.takeSymbol("(")) {
      const inner = this.or();
      this.expectSymbol(")");
      return inner;
    }
    return this.condition();
  }

  private condition(): Expression {
    const name = this.name();
    if (this.takeSymbol("(")) {
      const [, path, lambda] = /^(.+)\/(any|all)$/i.exec(name) ?? [];
      return path === undefined || lambda === undefined
        ? { kind: "call", name: name.toLowerCase(), arguments: this.arguments() }
        : this.lambda(lambda.toLowerCase() as "any" | "all", path);
    }
    if (this.takeWord("in")) {
      this.expectSymbol("(");
      return { kind: "in", path: name, values: this.values() };
    }
    const operator = comparisons.find((candidate) => this.takeWord(candidate));
    if (operator === undefined) {
      throw this.unreadable();
    }
    return { kind: "compare", path: name, operator, value: this.value() };
  }

  /** `any()` asks whether the list has elements at all. */
  private lambda(kind: "any" | "all", path: string): Expression {
    if (this.takeSymbol(")")) {
      return { kind, path, variable: "", condition: undefined };
    }
    const variable = this.name();
    this.expectSymbol(":");
    const condition = this.or();
    this.expectSymbol(")");
    return { kind, path, variable, condition };
  }

  private arguments(): Argument[] {
    if (this.takeSymbol(")")) {
      return [];
    }
    const given: Argument[] = [];
    do {
      const token = this.next();
      given.push(token.kind === "name" ? { path: token.text } : { value: token.value });
    } while (this.takeSymbol(","));
    this.expectSymbol(")");
    return given;
  }

  private values(): Literal[] {
    const values = [this.value()];
    while (this.takeSymbol(",")) {
      values.push(this.value());
    }
    this.expectSymbol(")");
    return values;
  }

  private name(): string {
    const token = this.next();
    if (token.kind !== "name") {
      throw this.unreadable();
    }
    return token.text;
  }

  /** Dates and GUIDs may stand without quotes. */
  private value(): Literal {
    const token = this.next();
    return token.kind === "literal" ? token.value : token.text;
  }

  private next(): Exclude<Token, { readonly kind: "symbol" }> {
    const token = this.tokens[this.position++];
    if (token === undefined || token.kind === "symbol") {
      throw this.unreadable();
    }
    return token;
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
      throw this.unreadable();
    }
  }

  private unreadable(): FilterSyntaxError {
    return new FilterSyntaxError(this.filter);
  }
}
