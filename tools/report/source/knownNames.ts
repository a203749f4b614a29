import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../../cli/failure";
import type { KnownNames } from "../model/sources";

const namesSchema = z.record(
  z.string(),
  z.union([z.string(), z.strictObject({ displayName: z.string(), kind: z.string().optional() })]),
);

/** Reads names by ID. @throws UsageError where the file is not there, or holds anything else */
export function readKnownNames(path: string): KnownNames {
  if (!existsSync(path)) throw new UsageError(`--names-file: there is no file ${path}.`);
  const parsed = namesSchema.safeParse(jsonAt(path));
  if (!parsed.success) {
    throw new UsageError(
      `--names-file: ${path} holds no names by ID. Write, for example, { "1a7b8c2e-…": "Ada Lovelace" }.`,
    );
  }
  return new Map(
    Object.entries(parsed.data).map(([id, given]) => {
      const { displayName, kind } = typeof given === "string" ? { displayName: given } : given;
      return [id.toLowerCase(), { displayName, ...(kind !== undefined && { kind }) }];
    }),
  );
}

/** Keeps names for a reader without Graph: names of people are nobody else's to read. */
export function writeKnownNames(path: string, names: KnownNames): void {
  const sorted = [...names].sort(([one], [other]) => one.localeCompare(other));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function jsonAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
