import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pruneHistory } from "../../../local/stack/history";

let root: string;
let history: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "history-"));
  history = join(root, "state", ".pulumi", "history", "p", "dev-1");
  mkdirSync(history, { recursive: true });
  writeFileSync(join(root, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const update = (number: number): string => `dev-1-${1_795_254_952 + number}167072586`;
const write = (...names: string[]): void => {
  for (const name of names) {
    writeFileSync(join(history, name), "");
  }
};

it("keeps the last five updates, with all of their files", () => {
  for (let number = 0; number < 7; number += 1) {
    write(
      `${update(number)}.history.json`,
      `${update(number)}.checkpoint.json`,
      `${update(number)}.checkpoint.json.attrs`,
    );
  }
  pruneHistory(join(root, "state"), root, "dev-1");
  const left = readdirSync(history);
  expect([...new Set(left.map((name) => name.split(".")[0]))].sort()).toEqual([2, 3, 4, 5, 6].map(update));
  expect(left).toHaveLength(15);
});

it("leaves alone what is no update", () => {
  write("notes.txt", ...[0, 1, 2, 3, 4, 5].map((number) => `${update(number)}.history.json`));
  pruneHistory(join(root, "state"), root, "dev-1");
  expect(readdirSync(history)).toContain("notes.txt");
});

it("has nothing to do for a stack that was never deployed", () => {
  expect(() => {
    pruneHistory(join(root, "state"), root, "other");
  }).not.toThrow();
});
