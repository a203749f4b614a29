import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PAGES_DIRECTORY, publishedFiles } from "./publishedFiles";

async function write(): Promise<void> {
  const files = await publishedFiles();
  for (const [file, content] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  for (const page of readdirSync(PAGES_DIRECTORY).map((name) => join(PAGES_DIRECTORY, name))) {
    if (!files.has(page)) rmSync(page);
  }
}

void write();
