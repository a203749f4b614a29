import type { Effect, InjectedBy } from "./fault";

/** One thing that was injected. It holds no body, no header and no query, so it can hold no secret. */
export interface InjectionRecord extends InjectedBy {
  readonly time: string;
  readonly effect: Effect["kind"];
  readonly service: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Status of the answer; 0 where none was sent. */
  readonly status: number;
}

/** How often a rule did something. */
export interface InjectionCount extends InjectedBy {
  readonly effect: Effect["kind"];
  readonly count: number;
}

/** How many records are kept; the counts hold all. */
const mostKept = 10_000;

/** What was injected since local Azure was opened. */
export class Injections {
  private readonly kept: InjectionRecord[] = [];
  private readonly counted = new Map<string, InjectionCount>();

  note(record: InjectionRecord): void {
    if (this.kept.length === mostKept) this.kept.shift();
    this.kept.push(record);
    const { scenario, rule, effect } = record;
    const key = [scenario, rule, effect].join(" ");
    this.counted.set(key, { scenario, rule, effect, count: (this.counted.get(key)?.count ?? 0) + 1 });
  }

  /** The last 10,000, oldest first. */
  get records(): readonly InjectionRecord[] {
    return this.kept;
  }

  /** By rule and effect, in the order that they first came. */
  get counts(): readonly InjectionCount[] {
    return [...this.counted.values()];
  }
}
