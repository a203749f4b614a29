import { isList, isMap, textsOf, type MutableMap, type PropertyMap, type Value } from "../server/values";
import type { Properties, Property, ResourceSpec } from "./spec";

/** The REST body that inputs make. */
export function toBody(spec: ResourceSpec, inputs: PropertyMap): MutableMap {
  return objectToBody(spec.properties, inputs);
}

/** The outputs that a REST body makes. */
export function toOutputs(spec: Pick<ResourceSpec, "properties" | "apiVersion">, body: PropertyMap): MutableMap {
  return { ...objectToOutputs(spec.properties, body), azureApiVersion: spec.apiVersion };
}

/** What of the outputs the program could have stated. */
export function toInputs(properties: Properties, outputs: PropertyMap): MutableMap {
  const inputs: MutableMap = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = outputs[name];
    if (property.readOnly !== true && value !== undefined) {
      inputs[name] = valueToInput(property, value);
    }
  }
  return inputs;
}

function objectToBody(properties: Properties, values: PropertyMap): MutableMap {
  const body: MutableMap = {};
  const inner: MutableMap = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = values[name];
    if (property.readOnly !== true && value !== undefined) {
      (property.flattened === true ? inner : body)[property.wire ?? name] = valueToBody(property, value);
    }
  }
  const flattens = Object.values(properties).some(({ flattened }) => flattened === true);
  return flattens ? { ...body, properties: inner } : body;
}

function valueToBody(property: Property, value: Value): Value {
  if (property.stringSet === true && isList(value)) {
    return Object.fromEntries(textsOf(value).map((name) => [name, {}]));
  }
  if (property.items !== undefined && isList(value)) {
    const { items } = property;
    return value.map((item) => valueToBody(items, item));
  }
  return property.properties !== undefined && isMap(value) ? objectToBody(property.properties, value) : value;
}

function objectToOutputs(properties: Properties, body: PropertyMap): MutableMap {
  const outputs: MutableMap = {};
  const inner = isMap(body["properties"]) ? body["properties"] : {};
  for (const [name, property] of Object.entries(properties)) {
    const value = (property.flattened === true ? inner : body)[property.wire ?? name];
    if (value !== undefined && value !== null) {
      outputs[name] = valueToOutput(property, value);
    }
  }
  return outputs;
}

function valueToOutput(property: Property, value: Value): Value {
  if (property.items !== undefined && isList(value)) {
    const { items } = property;
    return value.map((item) => valueToOutput(items, item));
  }
  return property.properties !== undefined && isMap(value) ? objectToOutputs(property.properties, value) : value;
}

function valueToInput(property: Property, value: Value): Value {
  if (property.stringSet === true && isMap(value)) {
    return Object.keys(value);
  }
  if (property.items !== undefined && isList(value)) {
    const { items } = property;
    return value.map((item) => valueToInput(items, item));
  }
  return property.properties !== undefined && isMap(value) ? toInputs(property.properties, value) : value;
}

/** An import leaves out what is empty, at any depth: Azure tells it where nobody has set it. */
export function withoutEmpty(inputs: PropertyMap): MutableMap {
  const kept: MutableMap = {};
  for (const [name, value] of Object.entries(inputs)) {
    const filled = filledOf(value);
    if (filled !== undefined) {
      kept[name] = filled;
    }
  }
  return kept;
}

function filledOf(value: Value | undefined): Value | undefined {
  if (isList(value)) {
    const items = value.map(filledOf).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (isMap(value)) {
    const filled = withoutEmpty(value);
    return Object.keys(filled).length === 0 ? undefined : filled;
  }
  return value ?? undefined;
}
