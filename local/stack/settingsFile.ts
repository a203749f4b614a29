import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { exitCodes, UserError } from "../userError";
import { withOverrides } from "./overrides";
import { projectName } from "./stateFile";

/** A stack's settings, as the engine gets them. */
export interface SettingsFile {
  readonly path: string;
  /** The file's text. */
  readonly text: string;
  /** Values by name with its namespace; an encrypted one is a group with `secure`. */
  readonly config: Readonly<Record<string, unknown>>;
}

export const settingsFileName = (stack: string): string => `Pulumi.${stack}.yaml`;

/**
 * Reads a stack's settings, with overrides in them.
 *
 * @param overrides "key=value"
 * @throws UserError where the project has no such stack, its file is not valid YAML, or an override can't be applied
 */
export function readSettingsFile(project: string, stack: string, overrides: readonly string[]): SettingsFile {
  const file = join(project, settingsFileName(stack));
  if (!existsSync(file)) {
    const known = readdirSync(project).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new UserError(
      `--stack: there is no ${file}. Stacks of this project: ${known.join(", ") || "none"}. Name one of them, or write that file.`,
      exitCodes.usage,
    );
  }
  const text = readFileSync(file, "utf8");
  const document = documentIn(text, file);
  const config = namespaced(groupIn(document["config"], `${file}: config`), projectName(project));
  if (overrides.length === 0) {
    return { path: file, text, config };
  }
  const changed = withOverrides(config, overrides, projectName(project));
  return { path: file, text: stringify({ ...document, config: changed }, asEngineReads), config: changed };
}

/** The engine's YAML has timestamps as a kind of their own, so that text which looks like one needs quotes. */
const asEngineReads = { merge: true, customTags: ["timestamp" as const] };

/** A setting without a namespace is the project's. */
const namespaced = (config: Readonly<Record<string, unknown>>, project: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );

function documentIn(text: string, file: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(text, asEngineReads);
  if (document.errors.length > 0) {
    const reasons = document.errors.map(({ message }) => message.trimEnd());
    throw new UserError(`${file} is not valid YAML:\n${reasons.join("\n")}`, exitCodes.usage);
  }
  return groupIn(document.toJS(), file);
}

function groupIn(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) {
    return {};
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UserError(`${where} must be an object: name: value.`, exitCodes.usage);
  }
  return value as Record<string, unknown>;
}
