import type { PropertyChange } from "../server/packageProvider";
import { isList, isMap, sameValue, type PropertyMap, type Value } from "../server/values";
import type { Properties, ResourceSpec } from "./spec";

/**
 * What changes between old and new inputs, by path. A change under an immutable property, or to a part of the
 * resource's ID, replaces the resource.
 */
export function inputChanges(spec: ResourceSpec, olds: PropertyMap, news: PropertyMap): Map<string, PropertyChange> {
  const replacing = new Set([...Object.keys(spec.parameters), ...immutables(spec.properties, "")]);
  const changes = new Map<string, PropertyChange>();
  compareMaps(withoutMarks(olds), withoutMarks(news), "", (path, kind) => {
    const bare = path.replace(/\[\d+\]/g, "[]");
    changes.set(path, { kind, replaces: [...replacing].some((name) => bare === name || bare.startsWith(`${name}.`)) });
  });
  return changes;
}

function immutables(properties: Properties, base: string): string[] {
  return Object.entries(properties).flatMap(([name, property]) => [
    ...(property.immutable === true ? [base + name] : []),
    ...(property.properties === undefined ? [] : immutables(property.properties, `${base}${name}.`)),
  ]);
}

/** The engine's and the provider's own marks in the inputs start with two underscores. */
function withoutMarks(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}

type Report = (path: string, kind: PropertyChange["kind"]) => void;

function compareMaps(olds: PropertyMap, news: PropertyMap, base: string, report: Report): void {
  for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    compare(olds[name], news[name], `${base}${name}`, report);
  }
}

function compare(old: Value | undefined, next: Value | undefined, path: string, report: Report): void {
  if (sameValue(old, next) || (path === "location" && sameLocation(old, next))) {
    return;
  }
  if (old === undefined || next === undefined) {
    report(path, old === undefined ? "add" : "delete");
  } else if (isMap(old) && isMap(next)) {
    compareMaps(old, next, `${path}.`, report);
  } else if (isList(old) && isList(next)) {
    for (let index = 0; index < Math.max(old.length, next.length); index += 1) {
      compare(old[index], next[index], `${path}[${index}]`, report);
    }
  } else {
    report(path, "update");
  }
}

/** Azure writes one region as "West Europe" and as "westeurope". */
export function sameLocation(left: Value | undefined, right: Value | undefined): boolean {
  const plain = (location: Value | undefined): Value | undefined =>
    typeof location === "string" ? location.replaceAll(" ", "").toLowerCase() : location;
  return plain(left) === plain(right);
}

/**
 * Whether what is there differs from what the inputs say, so that it must be somebody else's. What either leaves out,
 * and the letter case that Azure does not keep, decide nothing.
 */
export function contradicts(inputs: Value | undefined, found: Value | undefined): boolean {
  if (isMap(inputs) && isMap(found)) {
    return Object.keys(inputs).some((name) => contradicts(inputs[name], found[name]));
  }
  if (typeof inputs === "string" && typeof found === "string") {
    return !sameLocation(inputs, found);
  }
  return (
    (typeof inputs === "boolean" || typeof inputs === "number") && typeof found === typeof inputs && inputs !== found
  );
}
