import type { z } from "zod";
import { problemLine } from "../components/checks/argumentError";
import { inUtc, moment } from "../components/checks/moments";
import { didYouMean } from "../components/checks/nearest";
import { shown } from "../components/checks/shown";
import { ConfigurationError } from "./configurationError";
import { crossCheck } from "./crossChecks";
import { type ConfigurationSettings, configurationSchema, STRUCTURED_SETTINGS, TEXT_SETTINGS } from "./schema";

export const NAMESPACE = "azure-daemon-access";

/** The stack's configuration, checked, with the moment that dates are read at. */
export interface Configuration extends ConfigurationSettings {
  /** RFC 3339, UTC. */
  readonly asOf: string;
}

/**
 * Reads the settings of our namespace. Structures come as JSON, as Pulumi keeps them.
 *
 * @param raw the values by setting, without the namespace
 * @param now the moment that dates are read at where `asOf` doesn't pin it
 * @param secrets settings whose values no message may quote
 * @throws ConfigurationError that lists every problem
 */
export function readConfiguration(
  raw: Readonly<Record<string, string | undefined>>,
  now: Date,
  secrets: ReadonlySet<string> = new Set(),
): Configuration {
  const { values, problems } = decode(raw, secrets);
  const pinned = values.get("asOf");
  const asOf = typeof pinned === "string" && !moment(pinned) ? inUtc(pinned) : inUtc(now.getTime());

  const settings: unknown = Object.fromEntries([...values].filter(([, value]) => value !== BROKEN));
  const parsed = configurationSchema(asOf).safeParse(settings);
  const broken = new Set([...values.keys()].filter((key) => values.get(key) === BROKEN));
  for (const issue of parsed.error?.issues ?? []) {
    if (!broken.has(String(issue.path[0]))) problems.push(...issueLines(issue, settings, secrets));
  }
  problems.push(...crossCheck(settings).map((line) => `${NAMESPACE}:${line}`));
  if (problems.length > 0 || !parsed.success) throw new ConfigurationError(problems);
  return { ...parsed.data, asOf };
}

/** Stands for a value whose text could not be read, which is told already. */
const BROKEN = Symbol("broken");

function decode(
  raw: Readonly<Record<string, string | undefined>>,
  secrets: ReadonlySet<string>,
): { values: Map<string, unknown>; problems: string[] } {
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw)) {
    if (value === undefined || (value === "" && TEXT_SETTINGS.includes(key))) continue;
    values.set(key, STRUCTURED_SETTINGS.includes(key) ? structure(value) : value);
    if (values.get(key) === BROKEN) {
      problems.push(
        problemLine(`${NAMESPACE}:${key}`, secrets.has(key) ? HIDDEN : value, {
          needed: "a structure in YAML, or the same as JSON",
          fix: `Write it under ${NAMESPACE}:${key} in Pulumi.<stack>.yaml, indented and without quotes around the whole.`,
        }),
      );
    }
  }
  return { values, problems };
}

function structure(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return BROKEN;
  }
}

const HIDDEN = "[secret]";

function issueLines(issue: z.core.$ZodIssue, settings: unknown, secrets: ReadonlySet<string>): string[] {
  const key = keyOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(", ");
    return issue.keys.map((unknown) => {
      const path = keyOf([...issue.path, unknown]);
      return `${path}: is no setting. ${didYouMean(unknown, known, `The settings here are ${issue.message}.`)}`;
    });
  }
  const given = secrets.has(String(issue.path[0])) ? HIDDEN : valueAt(settings, issue.path);
  return [`${key}: got ${shown(given)}; ${issue.message}`];
}

/** `azure-daemon-access:daemons[1].graph.permissions[0]`, which `pulumi config set --path` takes. */
function keyOf(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path.map(part);
  return `${NAMESPACE}:${first?.replace(/^\./, "") ?? ""}${rest.join("")}`;
}

function part(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  return /^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (Reflect.get(inner, step) as unknown) : undefined),
    value,
  );
}
