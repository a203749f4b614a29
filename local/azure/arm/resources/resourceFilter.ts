import { parseExpression, type Argument, type Expression, type Literal } from "../../odata/expression";
import { FilterSyntaxError } from "../../odata/tokens";
import { armError } from "../errors";
import { unsupportedOption } from "../queryOptions";
import { shortLocation } from "../regions";
import { ownValue } from "../../http/ownValue";

/** What a filter looks at of a resource or a resource group. */
export interface Filterable {
  readonly id?: string;
  readonly name: string;
  readonly type?: string;
  readonly location?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

type Tag = readonly [name: string, value: string] | undefined;
type Test<T> = (resource: T, tag: Tag) => boolean;

/** The properties that a list can be filtered by: what each is of a resource, as it is compared. */
export type Fields<T> = Readonly<Record<string, (resource: T) => string>>;

export interface ListFilter<T> {
  readonly matches: (resource: T) => boolean;
  /** Whether it asks for a tag's value: the answer then leaves tags out, as Azure documents. */
  readonly asksForTagValue: boolean;
}

const all = { matches: () => true, asksForTagValue: false };

export const resourceFields: Fields<Filterable> = {
  name: ({ name }) => name,
  resourcetype: ({ type }) => type ?? "",
  resourcegroup: ({ id }) => /\/resourceGroups\/([^/]+)/i.exec(id ?? "")?.[1] ?? "",
  location: ({ location }) => location ?? "",
};

/**
 * Reads the `$filter` of a list of resources or of resource groups: `eq` and `ne`, `substringof('…', name)`, tags by
 * `tagName eq`, `tagValue eq` and `startswith(tagName, '…')`, joined by `and`, `or` and parentheses. Conditions on
 * tagName and tagValue are about one and the same tag.
 * @throws ServiceError 501 where it is anything else
 */
export function listFilter<T extends Filterable>(filter: string | undefined, fields: Fields<T>): ListFilter<T> {
  if (filter === undefined || filter.trim() === "") {
    return all;
  }
  const reader = new FilterReader(filter, fields);
  const test = reader.test(parsed(filter));
  return {
    matches: (resource) => tagsOf(resource).some((tag) => test(resource, tag)),
    asksForTagValue: reader.asksForTagValue,
  };
}

class FilterReader<T extends Filterable> {
  asksForTagValue = false;

  constructor(
    private readonly filter: string,
    private readonly fields: Fields<T>,
  ) {}

  test(expression: Expression): Test<T> {
    switch (expression.kind) {
      case "and": {
        const [left, right] = [this.test(expression.left), this.test(expression.right)];
        return (resource, tag) => left(resource, tag) && right(resource, tag);
      }
      case "or": {
        const [left, right] = [this.test(expression.left), this.test(expression.right)];
        return (resource, tag) => left(resource, tag) || right(resource, tag);
      }
      case "compare":
        return this.comparison(expression.path, expression.operator, expression.value);
      case "call":
        return this.call(expression.name, expression.arguments);
      default:
        throw this.unsupported();
    }
  }

  private comparison(path: string, operator: string, value: Literal): Test<T> {
    const name = path.toLowerCase();
    const wanted = String(value);
    if (name === "tagname" && operator === "eq") {
      return (_resource, tag) => sameText(tag?.[0], wanted);
    }
    if (name === "tagvalue" && operator === "eq") {
      this.asksForTagValue = true;
      return (_resource, tag) => tag?.[1] === wanted;
    }
    const field = ownValue(this.fields, name);
    if (field === undefined || (operator !== "eq" && operator !== "ne")) {
      throw this.unsupported();
    }
    const compared = name === "location" ? shortLocation(wanted) : wanted;
    return (resource) => sameText(field(resource), compared) === (operator === "eq");
  }

  private call(name: string, given: readonly Argument[]): Test<T> {
    const [first, second] = given;
    if (given.length !== 2 || first === undefined || second === undefined) {
      throw this.unsupported();
    }
    if (name === "startswith" && "path" in first && sameText(first.path, "tagName") && "value" in second) {
      const prefix = String(second.value).toLowerCase();
      return (_resource, tag) => tag?.[0].toLowerCase().startsWith(prefix) === true;
    }
    const field = "path" in second ? this.fields[second.path.toLowerCase()] : undefined;
    if (name !== "substringof" || !("value" in first) || field === undefined) {
      throw this.unsupported();
    }
    const part = String(first.value).toLowerCase();
    return (resource) => field(resource).toLowerCase().includes(part);
  }

  private unsupported(): Error {
    return unsupportedOption(`$filter "${this.filter}" on this list`);
  }
}

/** Each tag on its own: a resource without any is looked at once, without a tag. */
const tagsOf = ({ tags = {} }: Filterable): readonly Tag[] => {
  const entries = Object.entries(tags);
  return entries.length === 0 ? [undefined] : entries;
};

const sameText = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

function parsed(filter: string): Expression {
  try {
    return parseExpression(filter);
  } catch (error) {
    throw error instanceof FilterSyntaxError
      ? armError(400, "InvalidFilterInQueryString", `Invalid $filter '${filter}' specified in the query string.`)
      : error;
  }
}
