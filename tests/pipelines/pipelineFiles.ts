import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");
export const pipelines = join(root, "pipelines");

/** Paths, from the project's root, of the files of a folder with an ending. */
export function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(pipelines, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join("pipelines", folder, name));
}

export const contentOf = (path: string): string => readFileSync(join(root, path), "utf8");
