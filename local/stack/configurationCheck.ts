import "../../tools/program/deferredSdk";
import { cloudProblems } from "../../infra/cloud";
import { readConfiguration } from "../../infra/config";
import { ConfigurationError } from "../../infra/configurationError";
import { NAMESPACE } from "../../infra/problems";
import { STRUCTURED_SETTINGS } from "../../infra/schema";
import { SettingsFile } from "../../infra/settingsFile";
import { exitCodes, UserError } from "../userError";

/** A configuration that the stack's program would refuse. */
export class ConfigurationRefused extends UserError {
  /** @param problems one line each */
  constructor(
    readonly problems: readonly string[],
    file?: SettingsFile,
  ) {
    super(new ConfigurationError(problems, file).message, exitCodes.usage);
    this.name = "ConfigurationRefused";
  }
}

/**
 * Judges a configuration as the program will, before anything is started: the engine's own check comes before the
 * program and tells one problem at a time.
 *
 * Encrypted settings can't be read here. Nothing that a problem says of one is told: the program will.
 *
 * @param config values by name with its namespace, as the stack's file has them
 * @param file the stack's file, in which the problems are given their lines
 * @throws ConfigurationRefused with every problem
 */
export function checkConfiguration(config: Readonly<Record<string, unknown>>, now: Date, file?: string): void {
  const elsewhere = cloudProblems(config, process.env);
  if (elsewhere.length > 0) throw new ConfigurationRefused(elsewhere);
  const prefix = `${NAMESPACE}:`;
  const ours = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const encrypted = ours.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  const readable = ours
    .filter(([key]) => !encrypted.includes(key))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const raw = Object.fromEntries(readable.map(([name, value]) => [name, asEngineHasIt(name, value)] as const));
  try {
    readConfiguration(raw, now);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    const problems = error.problems.filter((line) => !encrypted.some((key) => line.includes(key)));
    if (problems.length > 0) {
      throw new ConfigurationRefused(problems, file === undefined ? undefined : SettingsFile.at(file, raw));
    }
  }
}

/** Text as it is, structures as JSON. Where a structure belongs, the engine refuses a text even if it is JSON. */
function asEngineHasIt(name: string, value: unknown): string {
  const given = datesAsText(value);
  if (STRUCTURED_SETTINGS.includes(name)) {
    return JSON.stringify(given);
  }
  return given === null ? "" : typeof given === "string" ? given : JSON.stringify(given);
}

/** The engine makes text of a timestamp that stands without quotes, in its own form, which the program refuses. */
const goText = (date: Date): string => date.toISOString().replace(/^(.*)T(.*?)(\.0+)?Z$/, "$1 $2 +0000 UTC");

function datesAsText(value: unknown): unknown {
  if (value instanceof Date) {
    return goText(value);
  }
  if (Array.isArray(value)) {
    return value.map(datesAsText);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, datesAsText(inner)]))
    : value;
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(isEncrypted));
}
