import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateCopy } from "../../../local/stack/stateCopy";

let directory: string;
let file: string;
let copy: StateCopy;
const told: string[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "state-copy-"));
  mkdirSync(join(directory, "stacks", "project"), { recursive: true });
  file = join(directory, "stacks", "project", "dev.json");
  copy = new StateCopy(file, join(directory, "before"));
  told.length = 0;
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const whole = JSON.stringify({
  version: 3,
  checkpoint: { latest: { resources: [{ urn: "urn:pulumi:dev::project::a:b:C::c", type: "a:b:C" }] } },
});

const restore = (): void => {
  copy.restore((line) => told.push(line));
};

it("puts a state back that the engine has cut off, and says so", () => {
  writeFileSync(file, whole);
  copy.take();
  writeFileSync(file, whole.slice(0, 20));
  restore();
  expect(readFileSync(file, "utf8")).toBe(whole);
  expect(told).toEqual([`${file} was cut off: restored from before the last run.`]);
});

it("leaves a whole state alone", () => {
  writeFileSync(file, whole);
  copy.take();
  writeFileSync(file, '{"version":3,"checkpoint":{}}');
  restore();
  expect(readFileSync(file, "utf8")).toBe('{"version":3,"checkpoint":{}}');
  expect(told).toEqual([]);
});

it("leaves a damaged state alone where there is no copy, a damaged one, or one of an empty stack: its reader tells it", () => {
  writeFileSync(file, '{"version":3,"checkpoint":{}}');
  copy.take();
  writeFileSync(file, "{");
  restore();
  copy.take();
  restore();
  expect(readFileSync(file, "utf8")).toBe("{");
  expect(told).toEqual([]);
});

it("has nothing to copy before the stack is made", () => {
  copy.take();
  restore();
  expect(existsSync(file)).toBe(false);
});

it("keeps the stacks of two projects apart", () => {
  const other = join(directory, "stacks", "other", "dev.json");
  mkdirSync(join(directory, "stacks", "other"));
  writeFileSync(file, whole);
  writeFileSync(other, whole.replaceAll("project", "other"));
  copy.take();
  new StateCopy(other, join(directory, "before")).take();
  writeFileSync(file, "");
  restore();
  expect(readFileSync(file, "utf8")).toBe(whole);
});
