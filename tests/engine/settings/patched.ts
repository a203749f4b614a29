import type { Patch } from "./changes";

/** Settings with new values at some paths. */
export function patched(settings: object, patch: Patch): object {
  const copy = structuredClone(settings);
  for (const [path, value] of Object.entries(patch)) set(copy, path, value);
  return copy;
}

function set(settings: object, path: string, value: unknown): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  const last = steps.pop() ?? "";
  const place = steps.reduce<unknown>((inner, step) => within(inner, step, path), settings);
  if (typeof place !== "object" || place === null) throw new RangeError(`${path} is not among the settings.`);
  if (value === undefined) Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
}

/** An element of a list by its place or its name, a setting by its own. */
function within(value: unknown, step: string, path: string): unknown {
  const found: unknown =
    Array.isArray(value) && !/^\d+$/.test(step)
      ? value.find((each: unknown) => Reflect.get(Object(each) as object, "name") === step)
      : Reflect.get(Object(value) as object, step);
  if (found === undefined) throw new RangeError(`${path}: nothing is at ${step}.`);
  return found;
}
