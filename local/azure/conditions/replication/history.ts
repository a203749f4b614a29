import type { Delays, DrawnDelays } from "./delays";
import type { Reader } from "./facts";
import { kindOfChange } from "./kinds";
import type { Moment, Timeline } from "./timeline";

/** The replica that takes the changes. */
export const home = "home";

/** A replica of a reader. */
export interface Place {
  readonly reader: Reader;
  readonly replica: number | typeof home;
}

interface Change {
  /** The record afterwards; undefined where it was deleted. */
  readonly value: unknown;
  readonly at: Moment;
  readonly delays: DrawnDelays;
  /** Milliseconds until every replica has seen it. */
  readonly longest: number;
}

/** A record's changes on their way, and what stood there before them. */
interface Changing {
  base: unknown;
  readonly changes: Change[];
}

/** The changes that are on their way to some replica. A replica gets the changes of one record in their order. */
export class ChangeHistory {
  private readonly collections = new Map<string, Map<string, Changing>>();

  constructor(
    private readonly delays: Delays,
    private readonly timeline: Timeline,
  ) {}

  record(collection: string, key: string, before: unknown, after: unknown): void {
    const kind = kindOfChange(collection, before, after);
    if (kind === undefined) {
      return;
    }
    const records = this.collections.get(collection) ?? new Map<string, Changing>();
    this.collections.set(collection, records);
    const changing = records.get(key) ?? { base: before, changes: [] };
    this.settle(changing);
    const delays = this.delays.draw(kind);
    const longest = Math.max(0, ...[...delays.values()].flat());
    changing.changes.push({ value: after, at: this.timeline.now(), delays, longest });
    records.set(key, changing);
  }

  /** The keys of a collection's records that have changed lately. */
  changingKeys(collection: string): readonly string[] {
    return [...(this.collections.get(collection)?.keys() ?? [])];
  }

  /** A record as a replica has it. @param current the record as it is */
  seenAt(place: Place, collection: string, key: string, current: unknown): unknown {
    const changing = this.changing(collection, key);
    if (changing === undefined) {
      return current;
    }
    let seen = changing.base;
    for (const change of changing.changes) {
      if (!this.hasArrived(change, place)) {
        break;
      }
      seen = change.value;
    }
    return seen;
  }

  /** Every value of a record that some replica may still have. */
  allValues(collection: string, key: string, current: unknown): readonly unknown[] {
    const changing = this.changing(collection, key);
    return changing === undefined ? [current] : [changing.base, ...changing.changes.map(({ value }) => value)];
  }

  private changing(collection: string, key: string): Changing | undefined {
    const records = this.collections.get(collection);
    const changing = records?.get(key);
    if (changing !== undefined) {
      this.settle(changing);
      if (changing.changes.length === 0) {
        records?.delete(key);
        return undefined;
      }
    }
    return changing;
  }

  private hasArrived({ at, delays }: Change, { reader, replica }: Place): boolean {
    return replica === home || this.timeline.since(at) >= (delays.get(reader)?.[replica] ?? 0);
  }

  /** Forgets the changes that every replica has. */
  private settle(changing: Changing): void {
    const [oldest] = changing.changes;
    if (oldest !== undefined && this.timeline.since(oldest.at) >= oldest.longest) {
      changing.base = oldest.value;
      changing.changes.shift();
      this.settle(changing);
    }
  }
}
