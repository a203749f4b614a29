import { Delays } from "../../../../../local/azure/conditions/replication/delays";
import { replicaCounts, replicationFacts } from "../../../../../local/azure/conditions/replication/facts";
import { ChangeHistory, home } from "../../../../../local/azure/conditions/replication/history";
import type { Moment } from "../../../../../local/azure/conditions/replication/timeline";
import { randomStream } from "../../../../../local/azure/conditions/seed";

const delaysOf = (seed: number, factor = 1): Delays => new Delays(randomStream(seed, "test"), factor);

describe("the delays of a change", () => {
  it("lie within the range that the facts have for each reader, one for each replica", () => {
    const delays = delaysOf(1);
    for (const { kind, reader, seconds } of replicationFacts) {
      for (let change = 0; change < 20; change += 1) {
        const drawn = delays.draw(kind).get(reader) ?? [];
        expect(drawn).toHaveLength(replicaCounts[reader]);
        for (const ms of drawn) {
          expect(ms).toBeGreaterThanOrEqual(seconds[0] * 1000);
          expect(ms).toBeLessThanOrEqual(seconds[1] * 1000);
        }
      }
    }
  });

  it("follow from the seed and from the changes of the same kind alone", () => {
    const one = delaysOf(7);
    const other = delaysOf(7);
    other.draw("roleAssignment");
    expect(other.draw("application")).toEqual(one.draw("application"));
    expect(delaysOf(8).draw("application")).not.toEqual(delaysOf(7).draw("application"));
  });

  it("are multiplied by the factor", () => {
    const whole = delaysOf(7).draw("clientSecret").get("entra") ?? [];
    expect(delaysOf(7, 0.5).draw("clientSecret").get("entra")).toEqual(whole.map((ms) => ms / 2));
  });
});

describe("a record at a replica", () => {
  let now: number;
  let history: ChangeHistory;
  const timeline = {
    now: (): Moment => ({ clock: now, machine: 0 }),
    since: ({ clock }: Moment): number => now - clock,
  };
  /** Delays of 10 s at the first replica of Graph, 20 s at the second one; of 5 s and 1 s for the next change. */
  const drawn = [
    [10_000, 20_000],
    [5000, 1000],
  ];

  beforeEach(() => {
    now = 0;
    let draws = 0;
    const delays = {
      draw: () => new Map([["graph", drawn[draws++ % drawn.length]]]),
    } as unknown as Delays;
    history = new ChangeHistory(delays, timeline);
  });

  const at = (replica: number, current: unknown, collection = "entra.appRoleAssignments"): unknown =>
    history.seenAt({ reader: "graph", replica }, collection, "key", current);
  const change = (before: unknown, after: unknown, collection = "entra.appRoleAssignments"): void => {
    history.record(collection, "key", before, after);
  };

  it("is there for one replica while it is missing for another one", () => {
    change(undefined, "new");
    expect([at(0, "new"), at(1, "new")]).toEqual([undefined, undefined]);
    now = 10_000;
    expect([at(0, "new"), at(1, "new")]).toEqual(["new", undefined]);
    now = 20_000;
    expect([at(0, "new"), at(1, "new")]).toEqual(["new", "new"]);
  });

  it("keeps its old value until the change has come, and stays for a time after it was deleted", () => {
    change("old", "new");
    now = 12_000;
    expect([at(0, "new"), at(1, "new")]).toEqual(["new", "old"]);
    now = 30_000;
    change("new", undefined);
    expect([at(0, undefined), at(1, undefined)]).toEqual(["new", "new"]);
    now = 31_000;
    expect([at(0, undefined), at(1, undefined)]).toEqual(["new", undefined]);
  });

  it("gets its changes in their order", () => {
    change(undefined, "first");
    change("first", "second");
    now = 5000;
    expect([at(0, "second"), at(1, "second")]).toEqual([undefined, undefined]);
    now = 10_000;
    expect([at(0, "second"), at(1, "second")]).toEqual(["second", undefined]);
  });

  it("is forgotten when every replica has it", () => {
    change(undefined, "new");
    now = 20_000;
    at(0, "new");
    expect(history.changingKeys("entra.appRoleAssignments")).toEqual([]);
  });

  it("is seen at once where the facts name no such change", () => {
    change(undefined, "new", "resourceGroups");
    expect(at(0, "new", "resourceGroups")).toBe("new");
  });

  it("is changed at once at the replica that takes the changes", () => {
    change(undefined, "new");
    const place = { reader: "graph", replica: home } as const;
    expect(history.seenAt(place, "entra.appRoleAssignments", "key", "new")).toBe("new");
  });
});
