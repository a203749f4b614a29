import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { PageParts } from "./bundle";

/** Loads a module at the moment it is needed: only a checkout has the sources of the page, and what bundles them. */
const later = createRequire(__filename);

/** The published packages have the page bundled beside this file; a checkout bundles it. */
export function pageParts(): PageParts {
  const built = join(__dirname, "page.json");
  if (existsSync(built)) return JSON.parse(readFileSync(built, "utf8")) as PageParts;
  return (later("../build/bundle") as typeof import("../build/bundle")).bundledPage();
}
