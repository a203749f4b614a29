import { without, isList, isMap, unknown, type MutableMap, type PropertyMap, type Value } from "../server/values";
import type { Properties, Property, ResourceSpec } from "./spec";

/** The outputs as far as the inputs tell them; the rest is unknown until the service has answered. */
export function previewOutputs(spec: ResourceSpec, inputs: PropertyMap): MutableMap {
  // The engine itself decides what to say of the ID.
  const properties = without(spec.properties, "id");
  return { ...previewObject(properties, inputs), azureApiVersion: spec.apiVersion };
}

function previewObject(properties: Properties, inputs: PropertyMap): MutableMap {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, previewValue(property, inputs[name])]),
  );
}

function previewValue(property: Property, input: Value | undefined): Value {
  if (input === undefined) {
    return unknown;
  }
  if (property.items !== undefined && isList(input)) {
    const { items } = property;
    return input.map((item) => previewValue(items, item));
  }
  return property.properties !== undefined && isMap(input) ? previewObject(property.properties, input) : input;
}
