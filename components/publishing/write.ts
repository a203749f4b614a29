import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PAGES_DIRECTORY, publishedFiles } from "./publishedFiles";

/** Writes the files that are made from the sources; with --check, names those that differ and fails. */
async function main(): Promise<void> {
  const files = await publishedFiles();
  const stale = [...files].filter(([file, content]) => !existsSync(file) || readFileSync(file, "utf8") !== content);
  const pages = existsSync(PAGES_DIRECTORY) ? readdirSync(PAGES_DIRECTORY) : [];
  const left = pages.map((name) => join(PAGES_DIRECTORY, name)).filter((page) => !files.has(page));

  if (process.argv.includes("--check")) {
    const names = [...stale.map(([file]) => file), ...left].map((file) => relative(process.cwd(), file));
    if (names.length === 0) return;
    process.stderr.write(`Not as the sources say: ${names.join(", ")}. Run npm run api -w components, and review.\n`);
    process.exitCode = 1;
    return;
  }
  for (const [file, content] of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  left.forEach((page) => rmSync(page));
}

void main();
