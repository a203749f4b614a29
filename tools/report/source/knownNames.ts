import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../../cli/failure";
import type { KnownNames } from "../model/sources";

const namesSchema = z.record(z.string(), z.string());

/** Reads names by ID. @throws UsageError where the file is not there, or holds anything else */
export function readKnownNames(path: string): KnownNames {
  if (!existsSync(path)) throw new UsageError(`--names-file: there is no file ${path}.`);
  const parsed = namesSchema.safeParse(jsonAt(path));
  if (!parsed.success) {
    throw new UsageError(
      `--names-file: ${path} holds no names by ID. Write, for example, { "1a7b8c2e-…": "Ada Lovelace" }.`,
    );
  }
  return new Map(Object.entries(parsed.data).map(([id, displayName]) => [id.toLowerCase(), { displayName }]));
}

function jsonAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
