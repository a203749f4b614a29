import { DatedStack } from "./support/datedStack";

jest.setTimeout(300_000);

const rotation = { startsAt: "2027-01-01T00:00:00Z", everyDays: 30, overlapDays: 7, stageDays: 2 };
/**
 * As short as the providers' own waits are here: a secret reaches the sign-in within a quarter of a second, and its two replicas at
 * different moments.
 */
const replication = { profile: "azure", factor: 0.01 } as const;

let stack: DatedStack;

const upOn = (moment: string, ...overrides: string[]): Promise<string[]> => {
  stack.local.clock.set(moment);
  return stack.up(...overrides);
};

beforeAll(async () => {
  stack = await DatedStack.open("2027-01-01T00:00:00Z", { rotation }, { replication, seed: 1 });
});
afterAll(() => stack.close());

describe("a staged rotation while changes take their time", () => {
  it("makes the next secret in Entra ID before its start, and leaves the vault alone", async () => {
    await settledOn("2027-01-01T06:00:00Z");
    expect(await upOn("2027-01-30T06:00:00Z")).toEqual(["create azuread.ApplicationPassword loader-generation-1"]);
    expect((await stack.read()).generation).toBe(0);
    expect(await stack.versions()).toHaveLength(1);
    expect(await upOn("2027-01-30T07:00:00Z")).toEqual([]);
  });

  it("writes it to the vault at its start, where whoever reads it signs in at once on every replica", async () => {
    expect(await upOn("2027-01-31T06:00:00Z")).toEqual(["update azure-native.keyvault.Secret loader-credential"]);
    let held = await stack.read();
    while (held.generation === 0) held = await stack.read();
    const answers = await Promise.all(Array.from({ length: 8 }, () => stack.signIn(held)));
    expect(new Set(answers)).toEqual(new Set(["signed in"]));
    expect((await stack.versions()).at(-1)).toMatchObject({ generation: "1", notBefore: "2027-01-31T00:00:00Z" });
  });

  it("takes a staged secret back too that was issued before rotateNow", async () => {
    const leak = "daemons[0].secret.rotateNow=2027-03-01T05:30:00Z";
    expect(await upOn("2027-02-28T06:00:00Z")).toEqual([
      "create azuread.ApplicationPassword loader-generation-2",
      "delete azuread.ApplicationPassword loader-generation-0",
    ]);
    expect(await upOn("2027-03-01T06:00:00Z", leak)).toEqual([
      "create azuread.ApplicationPassword loader-generation-1-20270301T053000Z",
      "create azuread.ApplicationPassword loader-generation-2-20270301T053000Z",
      "delete azuread.ApplicationPassword loader-generation-1",
      "delete azuread.ApplicationPassword loader-generation-2",
      "update azure-native.keyvault.Secret loader-credential",
    ]);
    expect(await upOn("2027-03-02T06:00:00Z", leak)).toEqual(["update azure-native.keyvault.Secret loader-credential"]);
  });
});

/**
 * What the real providers do not try again while a new application is on its way ends a run; the next one goes on. What a slow
 * replica answered right after a creation is in the state, and the next run corrects it.
 */
async function settledOn(moment: string): Promise<void> {
  let last: unknown = new Error(`every run of ${moment} changes something`);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    try {
      if ((await upOn(moment)).length === 0) return;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
