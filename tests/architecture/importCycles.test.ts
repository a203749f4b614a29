import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { importCycles } from "./support/importCycles";

const root = join(__dirname, "..", "..");
const packages = ["components", "infra", "policy", "tools", "local", "bench", "examples/clients/runner"];

const sources = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ["node_modules", "bin"].includes(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });

it("has no files that import each other", () => {
  expect(
    importCycles(packages.flatMap((name) => sources(join(root, name)))).map((files) =>
      files.map((file) => relative(root, file)),
    ),
  ).toEqual([]);
});

it("finds a cycle of types, of exports and through an index", () => {
  const files: Readonly<Record<string, string>> = {
    "a/one.ts": 'import type { Two } from "../b/two";',
    "b/two.ts": 'export * from "./index";',
    "b/index.ts": 'export { one } from "../a/one";',
    "c/alone.ts": 'import { one } from "../a/one";\nimport "node:fs";',
  };
  expect(importCycles(Object.keys(files), (file) => files[file] ?? "")).toEqual([
    ["a/one.ts", "b/index.ts", "b/two.ts"],
  ]);
});
