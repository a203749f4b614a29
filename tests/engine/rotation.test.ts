import { DatedStack, type HeldSecret } from "./support/datedStack";

jest.setTimeout(300_000);

const rotation = { startsAt: "2027-01-01T00:00:00Z", everyDays: 30, overlapDays: 7 };
const written = "update azure-native.keyvault.Secret loader-credential";
const wrongSecret = "AADSTS7000215";

let stack: DatedStack;

const upOn = (moment: string, ...overrides: string[]): Promise<string[]> => {
  stack.local.clock.set(moment);
  return stack.up(...overrides);
};

beforeAll(async () => {
  stack = await DatedStack.open("2027-01-01T00:00:00Z", { rotation });
});
afterAll(() => stack.close());

describe("a rotation on the real engine", () => {
  let first: HeldSecret;
  let second: HeldSecret;

  it("has an empty plan on the day after", async () => {
    await upOn("2027-01-01T06:00:00Z");
    first = await stack.read();
    expect(await upOn("2027-01-02T06:00:00Z")).toEqual([]);
  });

  it("makes the next secret at the turn, and leaves the one in use alone", async () => {
    expect(await upOn("2027-01-31T06:00:00Z")).toEqual([
      "create azuread.ApplicationPassword loader-generation-1",
      written,
    ]);
    second = await stack.read();
    expect([await stack.signIn(first), await stack.signIn(second)]).toEqual(["signed in", "signed in"]);
    expect(await stack.versions()).toMatchObject([
      { generation: "0", notBefore: "2027-01-01T00:00:00Z", expires: "2027-02-07T00:00:00Z", enabled: true },
      { generation: "1", notBefore: "2027-01-31T00:00:00Z", expires: "2027-03-09T00:00:00Z", enabled: true },
    ]);
  });

  it("takes every secret back that was issued before rotateNow, in the same run, and the vault has the new one", async () => {
    const leak = "daemons[0].secret.rotateNow=2027-02-02T05:30:00Z";
    expect(await upOn("2027-02-02T06:00:00Z", leak)).toEqual([
      "create azuread.ApplicationPassword loader-generation-1-20270202T053000Z",
      "delete azuread.ApplicationPassword loader-generation-0",
      "delete azuread.ApplicationPassword loader-generation-1",
      written,
    ]);
    expect([await stack.signIn(first), await stack.signIn(second)]).toEqual([wrongSecret, wrongSecret]);
    const third = await stack.read();
    expect(await stack.signIn(third)).toBe("signed in");
    expect(third.generation).toBe(1);
    expect((await stack.versions()).at(-1)).toMatchObject({
      generation: "1",
      notBefore: "2027-02-02T05:30:00Z",
      expires: "2027-03-09T00:00:00Z",
    });
    expect(await upOn("2027-02-02T06:10:00Z", leak)).toEqual([]);
    expect(stack.outputs["loader.rotation"]).toBe(
      "Generation 1, reissued on 2027-02-02 05:30 UTC, is in use. The first run from 2027-03-02 on makes generation 2, and generation 1 ends on 2027-03-09. Leave rotateNow in the configuration until 2027-03-09.",
    );
    second = third;
  });

  it("keeps the one reissued through its overlap, and then needs rotateNow no more", async () => {
    const leak = "daemons[0].secret.rotateNow=2027-02-02T05:30:00Z";
    expect(await upOn("2027-03-02T06:00:00Z", leak)).toEqual([
      "create azuread.ApplicationPassword loader-generation-2",
      written,
    ]);
    expect(await stack.signIn(second)).toBe("signed in");
    expect(await upOn("2027-03-09T06:00:00Z")).toEqual([
      "delete azuread.ApplicationPassword loader-generation-1-20270202T053000Z",
    ]);
    expect(await stack.signIn(second)).not.toBe("signed in");
  });

  it("has what ended in the vault disabled after, and what is valid left as it is", async () => {
    const at = stack.local.clock.now().toISOString();
    const { code, stdout, stderr } = await stack.credentials("disable-expired", "--at", at);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.startsWith("Disabled "))).toHaveLength(3);
    expect((await stack.versions()).map(({ generation, enabled }) => [generation, enabled])).toEqual([
      ["0", false],
      ["1", false],
      ["1", false],
      ["2", true],
    ]);
    expect(await stack.signIn(await stack.read())).toBe("signed in");
    expect(await upOn("2027-03-09T07:00:00Z")).toEqual([]);
    expect((await stack.verify()).code).toBe(0);
  });
});
