import type { CheckFailure } from "../server/packageProvider";
import { isList, isMap, type PropertyMap, type Value } from "../server/values";
import type { PathParameter, Properties, Property, ResourceSpec } from "./spec";

/** Everything that is wrong with inputs, in the words of the real provider. Unknown properties pass, as there. */
export function checkInputs(spec: ResourceSpec, inputs: PropertyMap): CheckFailure[] {
  const reasons = Object.entries(spec.parameters).flatMap(([name, parameter]) =>
    checkParameter(name, parameter, inputs[name]),
  );
  return [...reasons, ...checkObject(spec.properties, inputs, "")].map((reason) => ({ property: "", reason }));
}

function checkParameter(name: string, parameter: PathParameter, value: Value | undefined): string[] {
  return value === undefined
    ? [`missing required property '${name}'`]
    : checkValue({ type: "string", ...limits(parameter) }, value, name);
}

function limits({ pattern, minLength, maxLength }: PathParameter): Partial<Property> {
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
}

function checkObject(properties: Properties, values: PropertyMap, base: string): string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = base + name;
    const value = values[name];
    if (value !== undefined) {
      return property.readOnly === true ? [] : checkValue(property, value, path);
    }
    return property.required === true && property.readOnly !== true ? [missing(path)] : [];
  });
}

function missing(path: string): string {
  const hint = ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";
  return `missing required property '${path}'${path === "location" ? hint : ""}`;
}

function checkValue(property: Property, value: Value, path: string): string[] {
  if (property.type === "any") {
    return [];
  }
  if (isMap(value)) {
    return property.properties === undefined ? [] : checkObject(property.properties, value, `${path}.`);
  }
  if (isList(value)) {
    const { items } = property;
    return property.type === "array"
      ? value.flatMap((item, index) => (items === undefined ? [] : checkValue(items, item, `${path}[${index}]`)))
      : [wrongType(property, path, "an array")];
  }
  if (typeof value === "string") {
    return property.type === "string" ? checkText(property, value, path) : [wrongType(property, path, "a string")];
  }
  return typeof value === "number" ? checkNumber(property, value, path) : [];
}

function checkText({ minLength, maxLength, pattern }: Property, value: string, path: string): string[] {
  const length = Buffer.byteLength(value);
  return [
    ...(minLength !== undefined && length < minLength
      ? [`'${path}' is too short (${length}): at least ${minLength} characters required`]
      : []),
    ...(maxLength !== undefined && length > maxLength
      ? [`'${path}' is too long (${length}): at most ${maxLength} characters allowed`]
      : []),
    ...(pattern !== undefined && !pattern.test(value)
      ? [`'${path}' does not match expression '${pattern.source}'`]
      : []),
  ];
}

function checkNumber(property: Property, value: number, path: string): string[] {
  if (property.type !== "integer") {
    return [wrongType(property, path, "a number")];
  }
  return [
    ...(Number.isInteger(value) ? [] : [`'${path}' must be an integer but got ${value.toFixed(6)}`]),
    ...(property.minimum !== undefined && value < property.minimum
      ? [`'${path}' is too low (${value.toFixed(6)} < ${property.minimum.toFixed(6)})`]
      : []),
    ...(property.maximum !== undefined && value > property.maximum
      ? [`'${path}' is too high (${value.toFixed(6)} > ${property.maximum.toFixed(6)})`]
      : []),
  ];
}

function wrongType({ type }: Property, path: string, got: string): string {
  return `'${path}' should be of type '${type === "map" ? "object" : type}' but got ${got}`;
}
