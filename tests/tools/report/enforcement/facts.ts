/** What somebody can do to something, as both the map and Azure tell it. */
export interface Fact {
  readonly who: string;
  readonly can: string;
  readonly what: string;
}

/** Everything known, each once, in an order that depends on the words alone. */
export class Facts {
  private readonly known = new Map<string, Fact>();

  add(who: string, can: string, what: string): void {
    this.known.set(`${who} can ${can}: ${what}`, { who, can, what });
  }

  /** A line each. */
  lines(): string[] {
    return [...this.known.keys()].sort();
  }

  where(holds: (fact: Fact) => boolean): Fact[] {
    return [...this.known.values()].filter(holds);
  }
}
