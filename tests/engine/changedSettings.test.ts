import { readConfiguration } from "../../infra/config";
import { soaking } from "../support/soak";
import { asPulumiHasThem } from "../support/stackSettings";
import { base, type Facts, layOut } from "./settings/base";
import { type Change, changes } from "./settings/changes";
import { backOf, groups, told } from "./settings/groups";
import { inventory } from "./settings/inventory";
import { changedSettings, knownSettings } from "./settings/leaves";
import { patched } from "./settings/patched";
import { plans } from "./settings/plans";
import { ChangingStack } from "./support/changingStack";

jest.setTimeout(600_000);

const now = "2026-03-01T09:00:00Z";
/** Settings of an estate make another stack of it: tests/engine/platform has them. */
const known = knownSettings(now).filter((setting) => !setting.startsWith("platform"));
/** One update for each setting takes ten minutes. */
const oneByOne = process.env["SETTINGS_ONE_BY_ONE"] === "1";
/** Outside of a soak, updates that change fewer settings than this are left out. */
const fewest = soaking || oneByOne ? 1 : 40;
/** Outside of a soak, one of those that take an update of their own. */
const sampled = ["daemons[].name"];

/** The table without what is only known once it is there: its names and paths are the same. */
const table = Object.entries(changes({ adopted: "", another: "", certificates: ["", ""], vaultName: "" }));
const named = (has: (name: string, change: Change) => boolean): [string, Change][] =>
  table.filter(([name, change]) => has(name, change));
const unsupported = named((name) => plans[name]?.unsupported !== undefined);
const later = named((name, { after }) => plans[name]?.plan !== undefined && (after !== undefined || isLast(name)));
const rest = named((name, { after }) => plans[name]?.plan !== undefined && after === undefined && !isLast(name));

function isLast(name: string): boolean {
  return plans[name]?.stays !== undefined || (name.includes(".existing.") && !name.startsWith("daemons"));
}

describe("a deployed stack whose settings change", () => {
  let stack: ChangingStack;
  let facts: Facts;
  /** What the stack goes back to. */
  let settled: object;
  let before: string[];

  const setOf = (name: string): Change => {
    const change = changes(facts)[name];
    if (!change) throw new RangeError(name);
    return change;
  };
  const up = async (settings: object): Promise<string[]> => {
    const { ok, steps, errors } = await stack.run("up", settings);
    if (!ok) throw new Error(errors.join("\n"));
    return told(steps);
  };
  /** Whether the last test went back as it should. */
  let isSettled = true;
  /** Azure takes half a minute to delete a file system, and no other of its name until then. */
  const pass = (): void => {
    stack.local.clock.advance({ minutes: 1 });
  };
  const settle = async (): Promise<void> => {
    pass();
    if (!isSettled) await up(settled);
    isSettled = false;
  };
  const startOf = ({ after }: Change): object => (after === undefined ? settled : patched(settled, setOf(after).set));

  beforeAll(async () => {
    stack = await ChangingStack.open();
    facts = await layOut(stack.local);
    const { outputs, errors } = await stack.run("up", base(facts));
    expect(errors).toEqual([]);
    facts = { ...facts, vaultName: String(outputs["vaultName"]) };
    settled = base(facts);
    await up(settled);
    before = await inventory(stack.local);
  });
  afterAll(() => stack.close());

  it("has a change for every setting of the schema, and expects something of each", () => {
    const changed = table.flatMap(([name]) => {
      const change = setOf(name);
      const from = startOf(change);
      return changedSettings(from, patched(from, change.set), known);
    });
    expect(known.filter((setting) => !changed.includes(setting))).toEqual([]);
    expect(changed.filter((setting) => !known.includes(setting))).toEqual([]);
    expect(Object.entries(plans).filter(([, expected]) => Object.keys(expected).length === 0)).toEqual([]);
    expect(Object.keys(plans).sort()).toEqual(table.map(([name]) => name).sort());
    for (const [name] of table) {
      const change = setOf(name);
      const from = startOf(change);
      expect(changedSettings(from, patched(from, change.set), known)).toContain(name.split(",")[0]);
    }
  });

  it.each(unsupported)("%s is refused before anything is looked at", (name) => {
    const change = setOf(name);
    const settings = patched(startOf(change), change.set);
    expect(() => readConfiguration(asPulumiHasThem(settings as Record<string, unknown>), new Date(now))).toThrow(
      plans[name]?.unsupported,
    );
  });

  const batches = groups(Object.fromEntries(rest), plans, oneByOne)
    .filter((rows) => rows.length >= fewest)
    .map((rows) => ({ rows, names: rows.map(({ name }) => name).join(", ") }));

  it.each(batches)("there and back: $names", async ({ rows }) => {
    await settle();
    const settings = rows.reduce((all, { name }) => patched(all, setOf(name).set), settled);
    expect(await up(settings)).toEqual(union(rows.map(({ expected }) => expected.plan ?? [])));
    const found = (await inventory(stack.local)).filter((line) => !before.includes(line));
    for (const { name, expected } of rows) {
      for (const part of expected.found ?? []) {
        expect([name, found.filter((line) => line.includes(part))]).not.toEqual([name, []]);
      }
    }
    expect((await stack.run("preview", settings)).steps).toEqual([]);
    pass();
    expect(await up(settled)).toEqual(union(rows.map(({ expected }) => backOf(expected))));
    expect(await inventory(stack.local)).toEqual(before);
    isSettled = true;
  });

  it.each(soaking ? later : later.filter(([name]) => sampled.includes(name)))(
    "there and back, one by one: %s",
    async (name) => {
      await settle();
      const change = setOf(name);
      const expected = plans[name] ?? {};
      const from = startOf(change);
      if (change.after !== undefined) await up(from);
      const lines = await inventory(stack.local);
      const settings = patched(from, change.set);
      expect(await up(settings)).toEqual(union([expected.plan ?? []]));
      const found = (await inventory(stack.local)).filter((line) => !lines.includes(line));
      for (const part of expected.found ?? []) expect(found.filter((line) => line.includes(part))).not.toEqual([]);
      expect((await stack.run("preview", settings)).steps).toEqual([]);
      if (expected.stays === undefined) {
        pass();
        expect(await up(from)).toEqual(union([backOf(expected)]));
        pass();
        if (change.after !== undefined) await up(settled);
      } else {
        settled = settings;
      }
      before = await inventory(stack.local);
      isSettled = true;
    },
  );

  it("is unchanged in the end", async () => {
    const { ok, steps } = await stack.run("preview", settled);
    expect([ok, steps]).toEqual([true, []]);
  });
});

const union = (plansOf: readonly (readonly string[])[]): string[] => [...new Set(plansOf.flat())].sort();
