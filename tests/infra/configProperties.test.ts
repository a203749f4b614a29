import fc from "fast-check";
import { readConfiguration, type StackSettings } from "../../infra/config";
import { ConfigurationError } from "../../infra/configurationError";
import { asPulumiHasThem, stackSettings } from "../support/stackSettings";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

const now = new Date("2026-11-20T00:00:00Z");
const valid = stackSettings("dev");
const settingNames = [...Object.keys(valid), "asOf"];

/** The configuration, or the lines of its refusal; anything else thrown fails the test. */
function outcome(raw: Record<string, string | undefined>): StackSettings | readonly string[] {
  try {
    return readConfiguration(raw, now);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const LINE = /^azure-daemon-access:[^\n]+: (?:got .+; needed [^\n]+\. [^\n]+[.?]|unknown setting\. [^\n]+[.?])$/s;

/** What a message has where the program shows its inside. */
const INSIDE = /\bat .+:\d+:\d+|undefined|\[object|Invalid input|NaN/;

function isToldPlainly(problems: readonly string[]): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(problem).toMatch(LINE);
    expect(problem).not.toMatch(INSIDE);
  }
}

/** Every place in a structure, by its path. */
function paths(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    paths(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((child, index) => (index === step ? replaced(child, rest, by) : (child as unknown)));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, child]) => [
      key,
      key === step ? replaced(child, rest, by) : (child as unknown),
    ]),
  );
}

/** A message shows what was given, so that nothing given may look like the program's inside. */
const isTellable = (value: unknown): boolean => !INSIDE.test(JSON.stringify(value));

const words = fc.string().filter(isTellable);
const nonsense = fc.oneof(
  fc.jsonValue().filter(isTellable),
  words,
  fc.constantFrom(
    null,
    "",
    0,
    -1,
    1.5,
    [],
    [[]],
    {},
    "West Europe",
    "2030-02-30T00:00:00Z",
    "User.Read.Al",
    "0.0.0.0/0",
  ),
);

describe("any configuration", () => {
  it("of whatever texts is taken or refused by its settings' names", () => {
    const raw = fc.dictionary(fc.oneof(fc.constantFrom(...settingNames), words), words);
    fc.assert(
      fc.property(raw, (settings) => {
        const result = outcome(settings);
        if (Array.isArray(result)) isToldPlainly(result as readonly string[]);
      }),
      { numRuns: 100 },
    );
  });

  it("of whatever structures is taken or refused by its settings' names", () => {
    const raw = fc.dictionary(fc.constantFrom(...settingNames), nonsense);
    fc.assert(
      fc.property(raw, (settings) => {
        const result = outcome(asPulumiHasThem(settings));
        if (Array.isArray(result)) isToldPlainly(result as readonly string[]);
      }),
      { numRuns: 100 },
    );
  });

  it("with one value of a good one changed is taken, or refused with that value's key", () => {
    const places = paths(valid);
    fc.assert(
      fc.property(fc.constantFrom(...places), nonsense, (place, value) => {
        const result = outcome(asPulumiHasThem(replaced(valid, place, value) as Record<string, unknown>));
        if (!Array.isArray(result)) return;
        isToldPlainly(result as readonly string[]);
        expect((result as readonly string[]).join("\n")).toContain(`azure-daemon-access:${String(place[0])}`);
      }),
      { numRuns: 200 },
    );
  });

  it("with one value of a good one taken away is refused with its key, or still good", () => {
    const places = paths(valid);
    fc.assert(
      fc.property(fc.constantFrom(...places), (place) => {
        const result = outcome(
          asPulumiHasThem(JSON.parse(JSON.stringify(replaced(valid, place, undefined))) as Record<string, unknown>),
        );
        if (Array.isArray(result)) isToldPlainly(result as readonly string[]);
      }),
    );
  });

  it("with a setting that nobody knows is refused with that setting's name", () => {
    const unknown = words.filter((name) => name !== "" && !settingNames.includes(name));
    fc.assert(
      fc.property(unknown, (name) => {
        const result = outcome({ ...asPulumiHasThem(valid), [name]: "x" });
        expect(result).toHaveLength(1);
        isToldPlainly(result as readonly string[]);
      }),
    );
  });
});
