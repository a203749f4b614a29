import type { PropertyChange } from "../server/packageProvider";
import {
  containsUnknown,
  isList,
  isMap,
  Unknown,
  type MutableMap,
  type PropertyMap,
  type Value,
} from "../server/values";
import type { Attribute, Attributes } from "./attributes";

/** What has to change so that the state becomes what the inputs say, by property path. */
export function stateChanges(
  attributes: Attributes,
  state: PropertyMap,
  inputs: PropertyMap,
): Map<string, PropertyChange> {
  const changes = new Map<string, PropertyChange>();
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.outputOnly === true || (attribute.computed === true && inputs[name] === undefined)) {
      continue;
    }
    const [old, next] = [state[name], inputs[name]];
    if (!agree(attribute, old, next)) {
      const kind = old === undefined ? "add" : next === undefined ? "delete" : "update";
      changes.set(name, { kind, replaces: attribute.forceNew === true });
    }
  }
  return changes;
}

/**
 * The inputs as the state now has them. One that still says the same keeps its own order and wording.
 */
export function refreshedInputs(attributes: Attributes, inputs: PropertyMap, state: PropertyMap): MutableMap {
  const refreshed: MutableMap = { ...inputs };
  for (const [name, attribute] of Object.entries(attributes)) {
    const input = inputs[name];
    if (input !== undefined && attribute.outputOnly !== true && !agree(attribute, state[name], input)) {
      refreshed[name] = state[name];
    }
  }
  return refreshed;
}

/** The inputs that would have made a state, at any depth: what is not empty, nor a default. */
export function importedInputs(attributes: Attributes, state: PropertyMap): MutableMap {
  const inputs: MutableMap = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = state[name];
    const differs = attribute.required === true || !agree(attribute, value, undefined);
    const input = attribute.outputOnly === true || !differs ? undefined : imported(attribute, value);
    if (input !== undefined && !isHollow(input)) {
      inputs[name] = input;
    }
  }
  return inputs;
}

/** A list of objects that say nothing. */
const isHollow = (value: Value): boolean =>
  isList(value) && value.length > 0 && value.every((item) => isMap(item) && Object.keys(item).length === 0);

function imported({ items, properties }: Attribute, value: Value | undefined): Value | undefined {
  if (isMap(value) && properties !== undefined) {
    return importedInputs(properties, value);
  }
  return isList(value) && items !== undefined ? value.map((item) => imported(items, item) ?? null) : value;
}

/**
 * The state without what is empty and was stated by nobody. Terraform keeps such a collection of plain values as null, and
 * one of objects as empty.
 */
export function withoutUnstated(attributes: Attributes, state: PropertyMap, inputs: PropertyMap): MutableMap {
  const isUnstated = (name: string, value: Value | undefined): boolean => {
    const { type, items, computed } = attributes[name] ?? {};
    const isPlain = (type === "set" || type === "list") && items?.type !== "object";
    return isPlain && computed !== true && isList(value) && value.length === 0 && inputs[name] === undefined;
  };
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => !isUnstated(name, value)));
}

/** Whether two values of an attribute mean the same. Left out, an attribute has its default, or is empty. */
export function agree(attribute: Attribute, left: Value | undefined, right: Value | undefined): boolean {
  if (containsUnknown(left) || containsUnknown(right)) {
    return left instanceof Unknown && right instanceof Unknown;
  }
  switch (attribute.type) {
    case "object":
      return agreeingMaps(attribute.properties ?? {}, mapOf(left), mapOf(right));
    case "map": {
      const [one, other] = [mapOf(left), mapOf(right)];
      return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => one[name] === other[name]);
    }
    case "list":
      return agreeingLists(attribute, listOf(left), listOf(right));
    case "set":
      return agreeingSets(attribute, listOf(left), listOf(right));
    case "boolean":
      return (left ?? attribute.default ?? false) === (right ?? attribute.default ?? false);
    case "integer":
      return (left ?? attribute.default ?? 0) === (right ?? attribute.default ?? 0);
    case "string":
      return (left ?? attribute.default ?? "") === (right ?? attribute.default ?? "");
  }
}

function agreeingMaps(attributes: Attributes, left: PropertyMap, right: PropertyMap): boolean {
  return Object.entries(attributes).every(([name, attribute]) => agree(attribute, left[name], right[name]));
}

function agreeingLists({ items }: Attribute, left: readonly Value[], right: readonly Value[]): boolean {
  return (
    left.length === right.length && left.every((item, index) => items === undefined || agree(items, item, right[index]))
  );
}

function agreeingSets({ items }: Attribute, left: readonly Value[], right: readonly Value[]): boolean {
  const rest = [...right];
  return (
    left.length === right.length &&
    left.every((item) => {
      const index = rest.findIndex((other) => items === undefined || agree(items, item, other));
      return index !== -1 && rest.splice(index, 1).length === 1;
    })
  );
}

const mapOf = (value: Value | undefined): PropertyMap => (isMap(value) ? value : {});
const listOf = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
