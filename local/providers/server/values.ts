/** A value the engine will only know later: the preview of an output. */
export class Unknown {
  private readonly kind = "unknown";

  toString(): string {
    return this.kind;
  }
}

export const unknown = new Unknown();

/** An output that the engine must encrypt in the state and hide in its display. */
export class Secret {
  constructor(readonly value: Value) {}
}

export type Value = string | number | boolean | null | Unknown | Secret | readonly Value[] | PropertyMap;

/** The properties of a resource, as the engine and a provider exchange them. */
export interface PropertyMap {
  readonly [name: string]: Value | undefined;
}

/** A property map under construction. */
export type MutableMap = Record<string, Value | undefined>;

export function isMap(value: unknown): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret)
  );
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value as text; undefined where it is missing, unknown or of another type. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/**
 * A property that a check has made sure is text.
 * @throws where it is not
 */
export function requiredText(map: PropertyMap, name: string): string {
  const value = textOf(map[name]);
  if (value === undefined) {
    throw new Error(`${name} is missing or is not text`);
  }
  return value;
}

/** A map without one of its properties. */
export function without<Item>(map: Readonly<Record<string, Item>>, name: string): Record<string, Item> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}

/** The strings of a list of strings; empty where there is none. */
export function textsOf(value: Value | undefined): string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

export function containsUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) {
    return true;
  }
  if (isList(value)) {
    return value.some(containsUnknown);
  }
  return isMap(value) && Object.values(value).some(containsUnknown);
}

/** Whether two values are the same all through. A missing property is no property. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) {
    return true;
  }
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  }
  if (isMap(left) && isMap(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].every((name) => sameValue(left[name], right[name]));
  }
  return false;
}
