import { isList, isMap, sameValue, type MutableMap, type PropertyMap, type Value } from "../server/values";

/**
 * The inputs as they would read had the program stated what is there now. Only what changed at the service since the
 * last deployment moves into them: the service's own defaults were there before and stay out.
 *
 * @param before what the old outputs say of the inputs
 * @param now what the present outputs say of the inputs
 */
export function refreshedInputs(inputs: PropertyMap, before: PropertyMap, now: PropertyMap): MutableMap {
  const refreshed: MutableMap = { ...inputs };
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [old, next] = [before[name], now[name]];
    if (sameValue(old, next)) {
      continue;
    }
    if (next === undefined) {
      Reflect.deleteProperty(refreshed, name);
    } else {
      refreshed[name] = refreshedValue(inputs[name], old, next);
    }
  }
  return refreshed;
}

function refreshedValue(input: Value | undefined, before: Value | undefined, now: Value): Value {
  if (isMap(input) && isMap(before) && isMap(now)) {
    return refreshedInputs(input, before, now);
  }
  if (isList(input) && isList(before) && isList(now)) {
    return now.map((item, index) =>
      index < input.length && index < before.length ? refreshedValue(input[index], before[index], item) : item,
    );
  }
  return now;
}
