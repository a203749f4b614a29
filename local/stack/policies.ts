import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { policyPackPaths } from "../../policy/run";
import type { StateDirectory } from "../stateDirectory";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

/** The policy packs that judge an operation, as the engine takes them. */
export interface Policies {
  /** Folders of the packs; none where nothing is judged. */
  readonly packs: readonly string[];
  /** JSON files with their configuration. */
  readonly configs: readonly string[];
}

/** The setting of this repository's stack that its program reads its dates at. */
const asOfSetting = "azure-daemon-access:asOf";

export const noPolicies: Policies = { packs: [], configs: [] };

/**
 * The policy pack. Where the settings of this repository's stack fix the moment that dates are read at, the rules judge
 * at the same.
 *
 * @param config the stack's settings by name with their namespace
 */
export function projectPolicies(
  { pulumi }: StateDirectory,
  { [asOfSetting]: asOf }: Readonly<Record<string, unknown>>,
): Policies {
  const { packs } = policyPackPaths();
  if (typeof asOf !== "string" || asOf === "") {
    return { packs, configs: [] };
  }
  const { rules } = later("../../policy/rules") as typeof import("../../policy/rules");
  const dated = rules.filter(({ settings }) => "asOf" in settings).map(({ text }) => [text.name, { asOf }] as const);
  mkdirSync(pulumi.path, { recursive: true, mode: 0o700 });
  const file = join(pulumi.path, "policy.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries(dated)), { mode: 0o600 });
  return { packs, configs: [file] };
}

/** A PATH on which the engine finds what runs the pack. */
export const pathWithPolicies = (path: string): string => [...policyPackPaths().pathEntries, path].join(delimiter);
