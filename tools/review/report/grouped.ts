/** Values by a key of theirs, in the order in which the keys first come. */
export function grouped<Value>(
  values: readonly Value[],
  key: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const known = groups.get(key(value));
    if (known) known.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
