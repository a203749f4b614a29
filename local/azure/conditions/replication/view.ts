import type { Collection, Collections } from "../../store/store";
import type { ChangeHistory, Place } from "./history";
import { assignmentIndex } from "./kinds";

/** The store as a replica has it. What is written through it is written to the store itself. */
export function viewOf(store: Collections, history: ChangeHistory, place: Place): Collections {
  return {
    collection<T>(name: string): Collection<T> {
      const records = store.collection<T>(name);
      const seen =
        name === assignmentIndex
          ? (key: string, record: T | undefined) => unionOf(history.allValues(name, key, record)) as T | undefined
          : (key: string, record: T | undefined) => history.seenAt(place, name, key, record) as T | undefined;
      return collectionView(records, seen, () => history.changingKeys(name));
    },
  };
}

function collectionView<T>(
  records: Collection<T>,
  seen: (key: string, record: T | undefined) => T | undefined,
  changingKeys: () => readonly string[],
): Collection<T> {
  const get = (key: string): T | undefined => seen(key, records.get(key));
  function* entries(): Generator<[string, T]> {
    const keys = new Set([...records.entries()].map(([key]) => key));
    for (const key of [...keys, ...changingKeys().filter((changing) => !keys.has(changing))]) {
      const record = get(key);
      if (record !== undefined) {
        yield [key, record];
      }
    }
  }
  function* values(): Generator<T> {
    for (const [, record] of entries()) {
      yield record;
    }
  }
  return {
    get,
    has: (key) => get(key) !== undefined,
    entries,
    values,
    get size() {
      return [...entries()].length;
    },
    set: (key, record) => {
      records.set(key, record);
    },
    delete: (key) => records.delete(key),
  };
}

/** The members of every list. */
function unionOf(lists: readonly unknown[]): readonly unknown[] | undefined {
  const members = new Set(lists.flatMap((list) => (list ?? []) as readonly unknown[]));
  return members.size === 0 ? undefined : [...members];
}
