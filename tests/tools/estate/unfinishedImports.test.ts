import type { Unfinished } from "../../../tools/estate/run/unfinished";
import { type Attempt, attemptWithImports } from "../../../tools/estate/run/unfinishedImports";

const done = { ok: true, output: "", signal: null };
const failed = { ...done, ok: false };
const type = "azuread:index/application:Application";
const named = (name: string, id: string | null): Unfinished => ({ type, name, parent: null, id });

/** Attempts that end as listed, and what was added between them. */
function recorded(attempts: readonly Attempt[], add = done) {
  const added: string[] = [];
  const told: string[] = [];
  let count = 0;
  const attempt = (): Promise<Attempt> => {
    const next = attempts[count];
    count += 1;
    return next === undefined ? Promise.reject(new Error("one attempt too many")) : Promise.resolve(next);
  };
  const result = attemptWithImports(
    attempt,
    ({ name }) => {
      added.push(name);
      return Promise.resolve(add);
    },
    (line) => told.push(line),
  );
  return { result, added, told };
}

describe("an update that adds what an interrupted run created", () => {
  it("goes on until nothing new is named", async () => {
    const first = { ended: failed, unfinished: [named("one", "/1"), named("unclear", null)] };
    const second = { ended: failed, unfinished: [named("two", "/2")] };
    const last = { ended: done, unfinished: [named("unclear", null)] };
    const { result, added, told } = recorded([first, second, last]);
    expect(await result).toBe(last);
    expect(added).toEqual(["one", "two"]);
    expect(told[0]).toBe("an interrupted run created azuread:index:Application one: adding it to the state");
  });

  it.each([
    ["has succeeded", { ended: done, unfinished: [named("one", "/1")] }],
    ["fails for another reason", { ended: failed, unfinished: [named("unclear", null)] }],
  ])("ends where it %s", async (_, attempt) => {
    const { result, added } = recorded([attempt]);
    expect(await result).toBe(attempt);
    expect(added).toEqual([]);
  });

  it("ends where Azure still has what was added", async () => {
    const attempt = { ended: failed, unfinished: [named("one", "/1")] };
    const { result, added } = recorded([attempt, attempt]);
    expect(await result).toBe(attempt);
    expect(added).toEqual(["one"]);
  });

  it("ends with the import that failed", async () => {
    const refused = { ...failed, output: "refused" };
    const { result } = recorded([{ ended: failed, unfinished: [named("one", "/1"), named("two", "/2")] }], refused);
    expect(await result).toEqual({ ended: refused, unfinished: [named("one", "/1"), named("two", "/2")] });
  });
});
