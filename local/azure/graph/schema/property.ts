import type { JsonObject, JsonValue } from "../../entra/records";
import { invalidValue, readOnlyProperty, unknownProperty } from "../errors";
import { ownValue } from "../../http/ownValue";

/** Tells whether a value may stand in a property. */
export type Check = (value: JsonValue) => boolean;

/** The properties that clients may write, each with its check. */
export type Shape = Readonly<Record<string, Check>>;

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (value: JsonValue | undefined): value is string =>
  typeof value === "string" && guidPattern.test(value);

export const boolean: Check = (value) => typeof value === "boolean";
export const guid: Check = isGuid;
export const opaque: Check = () => true;

export const text =
  (maxLength = Infinity): Check =>
  (value) =>
    typeof value === "string" && value.length <= maxLength;

export const filledText =
  (maxLength: number): Check =>
  (value) =>
    typeof value === "string" && value.trim() !== "" && value.length <= maxLength;

export const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value) =>
    (typeof value === "string" || typeof value === "number") && allowed.includes(value);

export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const listOf =
  (check: Check, maxItems = Infinity): Check =>
  (value) =>
    Array.isArray(value) && value.length <= maxItems && value.every((item: JsonValue) => check(item));

export const objectOf =
  (shape: Shape): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(value).every(([name, part]) => isAnnotation(name) || ownValue(shape, name)?.(part) === true);

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object without some of its properties. */
export const without = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** A text value; empty where it is none. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** OData's own names, such as `@odata.type`, stand beside properties. */
export const isAnnotation = (name: string): boolean => name.includes("@");

/**
 * Checks what a client writes, and leaves OData's annotations out.
 * @throws ServiceError 400 where a property is unknown, read-only or wrong
 */
export function checkedProperties(
  body: JsonObject,
  entity: { readonly resource: string; readonly shape: Shape; readonly readOnly: readonly string[] },
): JsonObject {
  const checked: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (isAnnotation(name)) {
      continue;
    }
    const check = ownValue(entity.shape, name);
    if (check === undefined) {
      throw entity.readOnly.includes(name) ? readOnlyProperty(name) : unknownProperty(name);
    }
    if (!check(value)) {
      throw invalidValue(name, entity.resource);
    }
    checked[name] = withoutAnnotations(value);
  }
  return checked;
}

/** Lays a change over what is there: objects part by part, everything else whole. */
export function merged(present: JsonObject, change: JsonObject): JsonObject {
  const result: Record<string, JsonValue> = { ...present };
  for (const [name, value] of Object.entries(change)) {
    const before = ownValue(result, name);
    result[name] = isObject(value) && isObject(before) ? merged(before, value) : value;
  }
  return result;
}

function withoutAnnotations(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item: JsonValue) => withoutAnnotations(item));
  }
  if (!isObject(value)) {
    return value;
  }
  const parts = Object.entries(value).filter(([name]) => !isAnnotation(name));
  return Object.fromEntries(parts.map(([name, part]) => [name, withoutAnnotations(part)]));
}
