import { renameSync, writeFileSync } from "node:fs";

/** Writes a file whole, or not at all. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}
