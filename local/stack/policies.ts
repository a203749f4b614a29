import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { policyPackPaths } from "../../policy/run";
import { UsageError } from "../../tools/cli/failure";
import { readPolicyFile, type PolicyConfiguration } from "../../tools/policies/policyFile";
import type { StateDirectory } from "../stateDirectory";
import { exitCodes, UserError } from "../userError";

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
 * How the project's policies are configured: by the committed file, and where the settings of this repository's stack fix the moment that
 * dates are read at, with that moment for the rules that judge dates.
 *
 * @param config the stack's settings by name with their namespace
 * @param file the committed configuration, if there is one
 * @throws UserError with every problem of the file
 */
export function policyConfiguration(
  { [asOfSetting]: asOf }: Readonly<Record<string, unknown>>,
  file: string | undefined,
): PolicyConfiguration {
  const given = file === undefined ? {} : read(file);
  return typeof asOf === "string" && asOf !== "" ? dated(given, asOf) : given;
}

/** The project's policy pack with its configuration, which the engine reads from a file. */
export function projectPolicies({ pulumi }: StateDirectory, configuration: PolicyConfiguration): Policies {
  const { packs } = policyPackPaths();
  if (Object.keys(configuration).length === 0) return { packs, configs: [] };
  mkdirSync(pulumi.path, { recursive: true, mode: 0o700 });
  const file = join(pulumi.path, "policy.json");
  writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 });
  return { packs, configs: [file] };
}

function read(file: string): PolicyConfiguration {
  try {
    return readPolicyFile(file);
  } catch (error) {
    throw error instanceof UsageError ? new UserError(error.message, exitCodes.usage) : error;
  }
}

/** The configuration with the moment for each rule that reads one, and whose moment the file does not set. */
function dated(given: PolicyConfiguration, asOf: string): PolicyConfiguration {
  const { rules } = later("../../policy/rules") as typeof import("../../policy/rules");
  const names = rules.filter(({ settings }) => "asOf" in settings).map(({ text }) => text.name);
  return { ...given, ...Object.fromEntries(names.map((name) => [name, { asOf, ...asGroup(given[name]) }])) };
}

/** A level by itself is the same as a group with that level. */
const asGroup = (rule: unknown): object =>
  typeof rule === "string" ? { enforcementLevel: rule } : typeof rule === "object" && rule !== null ? rule : {};

/** A PATH on which the engine finds what runs the pack. */
export const pathWithPolicies = (path: string): string => [...policyPackPaths().pathEntries, path].join(delimiter);
