import { chmodSync, copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundledPage } from "../../tools/report/build/bundle";
import { compile } from "./compiled";
import { manifestOf, policyManifest } from "./manifest";
import { leftOut, type PublishedPackage } from "./packages";

/** Pulumi requires a pack's `main` under plain Node.js; here all of it is JavaScript. */
const policyMain = '"use strict";\nrequire("./launcher/onlyAssets.js");\nrequire("./index.js");\n';

/** The command: a module in which `main` is loaded and run, and `end` where there is one. Packages are there already, so nothing is installed first. */
const command = (main: string): string =>
  [
    "#!/usr/bin/env node",
    'import { createRequire } from "node:module";',
    "",
    `const { main, end } = createRequire(import.meta.url)("${main}");`,
    "await main(process.argv.slice(2));",
    "await end?.();",
    "",
  ].join("\n");

/**
 * Puts a package's files into a directory, as npm packs them.
 *
 * @param root the repository's root
 * @param top the directory of the repository that becomes the package's own; by default its root
 */
export function stage(root: string, published: PublishedPackage, directory: string, top = ""): void {
  const { files, imports } = compile(root, published.entries, { leftOut });
  const target = (path: string): string => join(directory, path.slice(top === "" ? 0 : top.length + 1));
  for (const [path, text] of files) write(target(path), text);
  for (const asset of published.assets) copy(join(root, asset), target(asset));
  write(target("policy/main.js"), policyMain);
  if (files.has("tools/report/html/pageParts.js")) write(target("tools/report/html/page.json"), json(bundledPage()));
  for (const [file, main] of Object.entries(published.commands)) {
    write(target(file), command(main));
    chmodSync(target(file), 0o755);
  }
  const manifest = manifestOf(root, published, [...imports, ...(published.needs ?? [])]);
  if (top === "") write(join(directory, "policy", "package.json"), json(policyManifest(root)));
  write(join(directory, "package.json"), json(manifest));
  stagePages(root, published.directory, directory);
}

/** README, changelog and licence. */
export function stagePages(root: string, source: string, directory: string): void {
  for (const page of ["README.md", "CHANGELOG.md"]) {
    const file = join(root, source, page);
    if (existsSync(file)) copy(file, join(directory, page));
  }
  copy(join(root, "LICENSE"), join(directory, "LICENSE"));
}

const json = (manifest: object): string => `${JSON.stringify(manifest, null, 2)}\n`;

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, statSync(from).mode & 0o777);
}
