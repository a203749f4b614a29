import { isMap, type MutableMap, type PropertyMap, type Value } from "../server/values";
import type { ResourceSpec } from "./spec";

/** A map with the lists filled in that the program left to others. A list it stated is left alone. */
export function withKeptLists(
  spec: ResourceSpec,
  inputs: PropertyMap,
  target: PropertyMap,
  present?: PropertyMap,
): MutableMap {
  let filled: MutableMap = { ...target };
  for (const path of spec.keptLists ?? []) {
    if (valueAt(inputs, path) === undefined) {
      filled = withValueAt(filled, path, valueAt(present, path) ?? []);
    }
  }
  return filled;
}

function valueAt(map: PropertyMap | undefined, [name = "", ...rest]: readonly string[]): Value | undefined {
  const value = map?.[name];
  return rest.length === 0 ? value : isMap(value) ? valueAt(value, rest) : undefined;
}

function withValueAt(map: PropertyMap, [name = "", ...rest]: readonly string[], value: Value): MutableMap {
  const inner = map[name];
  return { ...map, [name]: rest.length === 0 ? value : withValueAt(isMap(inner) ? inner : {}, rest, value) };
}
