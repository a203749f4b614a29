import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Verdict } from "../../../local/stack/verdict";

const settings = "config: {}\n";
const morning = new Date("2026-03-01T06:00:00Z");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "verdict-"));
  for (const directory of ["infra", "components", "policy"]) {
    mkdirSync(join(root, directory, "inner"), { recursive: true });
    writeFileSync(join(root, directory, "inner", "a.ts"), directory);
  }
  writeFileSync(join(root, "package-lock.json"), "{}");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const verdict = (text = settings, now = morning): Verdict =>
  new Verdict(join(root, "state", "verdict"), root, text, now);

it("stands from one run to the next of the same day", () => {
  expect(verdict().stands()).toBe(false);
  verdict().keep();
  expect(verdict(settings, new Date("2026-03-01T23:59:00Z")).stands()).toBe(true);
});

it.each(["infra", "components", "policy"])("falls with a change in %s", (directory) => {
  verdict().keep();
  writeFileSync(join(root, directory, "inner", "a.ts"), "changed");
  expect(verdict().stands()).toBe(false);
});

it("falls with a file that moves", () => {
  verdict().keep();
  writeFileSync(join(root, "infra", "inner", "b.ts"), "");
  expect(verdict().stands()).toBe(false);
});

it("falls with other packages, other settings or another day, and when it is forgotten", () => {
  verdict().keep();
  expect(verdict("config: { a: 1 }\n").stands()).toBe(false);
  expect(verdict(settings, new Date("2026-03-02T00:00:00Z")).stands()).toBe(false);
  writeFileSync(join(root, "package-lock.json"), "{ }");
  expect(verdict().stands()).toBe(false);
  verdict().keep();
  verdict().forget();
  expect(verdict().stands()).toBe(false);
});
