import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import type { z } from "zod";
import { scenarioSchema, type Scenario } from "./scenarioSchema";

/** Where the scenarios lie that come with local Azure. */
export const scenarioDirectory = join(__dirname, "..", "..", "..", "faults");

/** A scenario that is not there or not valid. */
export class ScenarioRefused extends Error {
  constructor(
    message: string,
    /** A sentence for each problem of one that is not valid. */
    readonly problems: readonly string[] = [],
  ) {
    super([message, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "ScenarioRefused";
  }
}

/** Names of the scenarios that come with local Azure, sorted. */
export const scenarioNames = (): readonly string[] =>
  readdirSync(scenarioDirectory)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();

/**
 * A scenario by its name among those that come with local Azure, or by the path of its file.
 *
 * @throws ScenarioRefused
 */
export function scenarioFrom(nameOrFile: string): Scenario {
  if (/[/\\]|\.(ya?ml|json)$/.test(nameOrFile)) return scenarioInFile(nameOrFile);
  const file = join(scenarioDirectory, `${nameOrFile}.yaml`);
  if (!/^[a-z0-9-]+$/.test(nameOrFile) || !existsSync(file)) {
    throw new ScenarioRefused(
      `There is no fault scenario "${nameOrFile}". Give the path of a file, or one of ${scenarioNames().join(", ")}.`,
    );
  }
  return scenarioInFile(file);
}

/** Every scenario that comes with local Azure. */
export const shippedScenarios = (): readonly Scenario[] => scenarioNames().map(scenarioFrom);

function scenarioInFile(file: string): Scenario {
  const text = textOf(file);
  try {
    return parsedScenario(basename(file, extname(file)), parse(text), file);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new ScenarioRefused(`${file} is not valid YAML: ${error.message.split("\n")[0] ?? ""}`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScenarioRefused(
      code === "ENOENT" ? `There is no file ${file}.` : `${file} can't be read: ${(error as Error).message}.`,
    );
  }
}

/**
 * Checks a scenario.
 *
 * @param source what it is called in the refusal
 * @throws ScenarioRefused with every problem
 */
export function parsedScenario(name: string, value: unknown, source: string): Scenario {
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return { name, ...parsed.data };
  const problems = parsed.error.issues.map((issue) => problemOf(issue, value));
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new ScenarioRefused(`The fault scenario ${source} has ${count}:`, problems);
}

function problemOf({ path, message }: z.core.$ZodIssue, value: unknown): string {
  const at = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
  const where = path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
  const given = at === undefined || typeof at === "object" ? "" : `: got ${JSON.stringify(at)}`;
  return `${where === "" ? "the whole file" : where}${given}: ${message}`;
}
