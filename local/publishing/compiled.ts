import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { transformSync } from "@swc/core";

/** Files of a package, compiled, and the npm packages that they import. */
export interface Compiled {
  /** Text by path from the repository's root. */
  readonly files: ReadonlyMap<string, string>;
  /** Names, sorted. */
  readonly imports: readonly string[];
}

interface CompileOptions {
  /** Sources that are published in no package, without their extension. */
  readonly leftOut: readonly string[];
}

/** A file that another one names: by an import, or by the function that loads a module when it is needed. */
const named = /\b(?:require|later)\(\s*"([^"\n]+)"\s*\)/g;
const extensions = ["", ".ts", ".json", "/index.ts"];

/**
 * Compiles source by source, in their own layout, from some files to whatever these name. The types are judged elsewhere.
 *
 * @param root the repository's root
 * @param entries paths from there
 * @throws where a source names a file that is not there
 */
export function compile(root: string, entries: readonly string[], { leftOut }: CompileOptions): Compiled {
  const files = new Map<string, string>();
  const imports = new Set<string>();
  const waiting = [...entries];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    const target = source.replace(/\.ts$/, ".js");
    if (files.has(target)) continue;
    const text = compiled(join(root, source));
    files.set(target, text);
    if (source.endsWith(".json")) continue;
    for (const [, name = ""] of text.matchAll(named)) {
      if (!name.startsWith(".")) imports.add(packageOf(name));
      else if (!isLeftOut(source, name, leftOut)) waiting.push(fileOf(root, source, name));
    }
  }
  return { files, imports: [...imports].filter((name) => !isBuiltIn(name)).sort() };
}

function compiled(file: string): string {
  const source = readFileSync(file, "utf8");
  if (!file.endsWith(".ts")) return source;
  // As in the tests: its exports are there before a circle of imports asks for them.
  return transformSync(source, {
    filename: file,
    swcrc: false,
    configFile: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  }).code;
}

const isLeftOut = (source: string, name: string, leftOut: readonly string[]): boolean =>
  leftOut.includes(normalize(join(dirname(source), name)));

function fileOf(root: string, source: string, name: string): string {
  const path = normalize(join(dirname(source), name));
  const found = extensions.map((extension) => path + extension).find((file) => isFile(join(root, file)));
  if (found === undefined) throw new Error(`${source} names ${name}, which does not exist.`);
  return found;
}

const isFile = (path: string): boolean => /\.\w+$/.test(path) && existsSync(path);

const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

const isBuiltIn = (name: string): boolean => name.startsWith("node:") || builtinModules.includes(name);
