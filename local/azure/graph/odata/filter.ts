import type { JsonObject, JsonValue } from "../../entra/records";
import { parseExpression, type Argument, type Comparison, type Expression, type Literal } from "../../odata/expression";
import { FilterSyntaxError } from "../../odata/tokens";
import { advancedQueryRefused, graphError, notCarriedOut, propertyNotFound, unsupportedFilter } from "../errors";
import type { EntitySet } from "./entitySet";

export type Predicate = (entity: JsonObject) => boolean;

/**
 * Reads a `$filter`: comparisons, `startswith`, `endswith`, `in`, `any` and `all` over a list, a list's `$count`, `and`,
 * `or`, `not`. Text compares in any letter case, as the directory compares it.
 * @param advanced whether the request allows the operators that only the directory's search index knows
 * @throws ServiceError 400 as Graph refuses it; 501 where Graph carries it out and local Azure does not
 */
export function parseFilter(filter: string, entitySet: EntitySet, advanced: boolean): Predicate {
  return new FilterReader(filter, entitySet, advanced).predicate(parsed(filter), []);
}

function parsed(filter: string): Expression {
  try {
    return parseExpression(filter);
  } catch (error) {
    throw error instanceof FilterSyntaxError
      ? graphError(400, "BadRequest", `Invalid filter clause: '${filter}'.`)
      : error;
  }
}

/** Where the element that `any` looks at stands while its condition runs. */
const element = "@element";
const countSuffix = "/$count";

class FilterReader {
  constructor(
    private readonly filter: string,
    private readonly entitySet: EntitySet,
    private readonly advanced: boolean,
  ) {}

  /** @param variables names that stand for a list's element */
  predicate(expression: Expression, variables: readonly string[]): Predicate {
    switch (expression.kind) {
      case "and":
      case "or": {
        const [left, right] = [this.predicate(expression.left, variables), this.predicate(expression.right, variables)];
        return expression.kind === "and"
          ? (entity) => left(entity) && right(entity)
          : (entity) => left(entity) || right(entity);
      }
      case "not": {
        this.requireAdvanced("not");
        const negated = this.predicate(expression.operand, variables);
        return (entity) => !negated(entity);
      }
      case "compare": {
        const value = this.reader(expression.path, variables);
        if (expression.operator === "ne") {
          this.requireAdvanced("ne");
        }
        return (entity) => compare(value(entity), expression.operator, expression.value);
      }
      case "in": {
        const value = this.reader(expression.path, variables);
        return (entity) => expression.values.some((option) => compare(value(entity), "eq", option));
      }
      case "call":
        return this.textFunction(expression.name, expression.arguments, variables);
      case "any":
      case "all":
        return this.lambda(expression, variables);
    }
  }

  private lambda(
    { kind, path, variable, condition }: Extract<Expression, { kind: "any" | "all" }>,
    variables: readonly string[],
  ): Predicate {
    const list = this.reader(path, variables);
    const holds = condition === undefined ? () => true : this.predicate(condition, [...variables, variable]);
    return (entity) => {
      const values = list(entity);
      const elements = Array.isArray(values) ? values.map((value: JsonValue) => ({ [element]: value })) : [];
      return kind === "any" ? elements.some(holds) : elements.every(holds);
    };
  }

  private textFunction(name: string, [first, second]: readonly Argument[], variables: readonly string[]): Predicate {
    if ((name !== "startswith" && name !== "endswith") || first === undefined || second === undefined) {
      throw notCarriedOut(`$filter with ${name}()`);
    }
    if (!("path" in first) || !("value" in second)) {
      throw graphError(400, "BadRequest", `Invalid filter clause: '${this.filter}'.`);
    }
    if (name === "endswith") {
      this.requireAdvanced(name);
    }
    const value = this.reader(first.path, variables);
    const wanted = String(second.value).toLowerCase();
    return (entity) => {
      const found = value(entity);
      const text = typeof found === "string" ? found.toLowerCase() : "";
      return name === "startswith" ? text.startsWith(wanted) : text.endsWith(wanted);
    };
  }

  /** Reads a property's path; inside `any`, a path from the list's element. */
  private reader(path: string, variables: readonly string[]): (entity: JsonObject) => JsonValue | undefined {
    const [first = "", ...rest] = path.split("/");
    if (variables.includes(first)) {
      return (entity) => valueAt(entity, [element, ...rest]);
    }
    if (path.endsWith(countSuffix)) {
      this.requireAdvanced("$count");
      const list = this.reader(path.slice(0, -countSuffix.length), variables);
      return (entity) => lengthOf(list(entity));
    }
    const { properties, known, lacking = [], resource } = this.entitySet;
    if (lacking.includes(first)) {
      throw notCarriedOut(`$filter by ${path}`);
    }
    if (!properties.includes(path)) {
      throw known.includes(first)
        ? unsupportedFilter(path, resource)
        : propertyNotFound(first, this.entitySet, "Invalid filter clause: ");
    }
    return (entity) => valueAt(entity, [first, ...rest]);
  }

  private requireAdvanced(operator: string): void {
    if (!this.advanced) {
      throw advancedQueryRefused(operator);
    }
  }
}

const lengthOf = (value: JsonValue | undefined): number => (Array.isArray(value) ? value.length : 0);

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
