import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const loader = "--require tsx/cjs";

/** Writes the repository's Pulumi.yaml into a directory, with a loader of TypeScript that starts in a third of tsx' time. */
export function writeProjectFile(directory: string): void {
  const text = readFileSync(join(root, "Pulumi.yaml"), "utf8");
  if (!text.includes(loader)) throw new Error(`Pulumi.yaml has no nodeargs "${loader}".`);
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    text.replace(loader, `--require ${join(__dirname, "quickProgram.cjs")}`),
  );
}
