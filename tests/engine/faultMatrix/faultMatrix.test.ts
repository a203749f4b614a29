import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { absorbed, atDestroy, atRemoval, goneSecret, ofAnEmptyStack, reportedRows } from "./injections";
import type { StepEnd } from "./walk";
import { typeScriptOptions } from "../../support/typeScriptOptions";

jest.setTimeout(600_000);

const steps = new Map<string, StepEnd>();
const stepOf = (name: string): StepEnd => {
  const step = steps.get(name);
  if (step === undefined) throw new Error(`the walk has no step ${name}`);
  return step;
};
const wordsOf = ({ errors }: StepEnd): string => errors.map(({ message }) => message).join("\n");
const remediesOf = ({ errors }: StepEnd): string => errors.map(({ remedy = "" }) => remedy).join("\n");

beforeAll(async () => {
  const args = [...typeScriptOptions, join(__dirname, "walk.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  for (const line of stdout.trim().split("\n")) {
    const end = JSON.parse(line) as StepEnd;
    steps.set(end.step, end);
  }
});

it("ends green, as an undisturbed run, where every fault is one that the providers absorb", () => {
  const end = stepOf("absorbed");
  expect(wordsOf(end)).toBe("");
  expect(end.met).toEqual([...absorbed].sort());
  expect(end.census).toEqual(stepOf("undisturbed").census);
});

it.each([ofAnEmptyStack, ...reportedRows].map((each) => [each.row, each] as const))(
  "row %i: fails with the cause and the way on",
  (row, { scenario, told, remedy }) => {
    const end = stepOf(String(row));
    expect(end).toMatchObject({ ok: false, met: [scenario] });
    expect(wordsOf(end)).toMatch(told);
    expect(remediesOf(end)).toMatch(remedy);
  },
);

it("goes on from each of these, to the end of an undisturbed run: nothing twice, nothing left over", () => {
  const end = stepOf("final");
  expect(wordsOf(end)).toBe("");
  expect(end.census).toEqual(stepOf("undisturbed").census);
});

it("row 19: reports a missing right to delete a secret; row 20: takes what is gone for deleted", () => {
  expect(stepOf("19")).toMatchObject({ ok: false, met: [atRemoval] });
  expect(wordsOf(stepOf("19"))).toMatch(/ForbiddenByRbac/);
  expect(remediesOf(stepOf("19"))).toMatch(/Key Vault Secrets Officer/);
  expect(stepOf("20")).toMatchObject({ ok: true, met: [goneSecret] });
});

it("row 28: reports a lock, and destroys the rest once it is lifted", () => {
  expect(stepOf("28").met).toEqual([atDestroy]);
  expect(wordsOf(stepOf("28"))).toMatch(/Code="ScopeLocked"/);
  expect(remediesOf(stepOf("28"))).toMatch(/Lift the lock/);
  const end = stepOf("destroyed");
  expect(wordsOf(end)).toBe("");
  expect(end.census.applications).toEqual([]);
});
