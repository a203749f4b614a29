import { pending, secret, type Value, type ValueMap } from "../preview/values";

/** Properties of a resource by path, such as "properties.networkAcls.defaultAction". Secrets are never read. */
export class Properties {
  constructor(private readonly values: Value) {}

  text(path: string): string | undefined {
    const value = this.at(path);
    return typeof value === "string" ? value : undefined;
  }

  /** In lower case: Azure compares most of its words without case. */
  lower(path: string): string | undefined {
    return this.text(path)?.toLowerCase();
  }

  flag(path: string): boolean | undefined {
    const value = this.at(path);
    return typeof value === "boolean" ? value : undefined;
  }

  number(path: string): number | undefined {
    const value = this.at(path);
    return typeof value === "number" ? value : undefined;
  }

  isPending(path: string): boolean {
    return this.at(path) === pending;
  }

  /** Objects in a list; an object where a list is meant is a list of one. */
  items(path: string): Properties[] {
    const value = this.at(path);
    return elements(value).map((element) => new Properties(element));
  }

  /** Texts in a list; `undefined` stands for each that is pending. */
  texts(path: string): (string | undefined)[] {
    const value = this.at(path);
    if (value === pending) return [undefined];
    return elements(value).flatMap((element) =>
      typeof element === "string" ? [element] : element === pending ? [undefined] : [],
    );
  }

  /** The outermost properties that hold text, as name and text. */
  entries(): [string, string][] {
    const { values } = this;
    if (!isMap(values)) return [];
    return Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  }

  private at(path: string): Value {
    let value = this.values;
    for (const key of path.split(".")) {
      // A block that is pending or secret as a whole hides what is in it.
      if (value === pending || value === secret) return value;
      value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return value;
  }
}

function elements(value: Value): readonly Value[] {
  if (isList(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isMap = (value: Value): value is ValueMap => typeof value === "object" && value !== null && !isList(value);
