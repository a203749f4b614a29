import { inUtc, moment } from "../components/checks/moments";
import { ConfigurationError } from "./configurationError";
import { crossCheck } from "./crossChecks";
import { ConfigurationProblems, NAMESPACE } from "./problems";
import { type ConfigurationSettings, configurationSchema, STRUCTURED_SETTINGS, TEXT_SETTINGS } from "./schema";

/** The settings of a stack, checked, with the moment that dates are read at. */
export interface StackSettings extends ConfigurationSettings {
  /** RFC 3339, UTC. */
  readonly asOf: string;
  /** None in a platform stack. */
  readonly daemons: NonNullable<ConfigurationSettings["daemons"]>;
}

/** The stack's configuration: its settings, with what its platform stack decides. */
export interface Configuration extends StackSettings {
  readonly location: string;
  readonly resourceGroupName: string;
}

/**
 * Reads the settings of our namespace. Structures come as JSON, as Pulumi keeps them.
 *
 * @param raw the values by setting, without the namespace
 * @param now the moment that dates are read at where `asOf` doesn't pin it
 * @param secrets names of the settings that are encrypted, of which no message tells anything
 * @throws ConfigurationError that lists every problem
 */
export function readConfiguration(
  raw: Readonly<Record<string, string | undefined>>,
  now: Date,
  secrets: ReadonlySet<string> = new Set(),
): StackSettings {
  const problems = new ConfigurationProblems(secrets);
  const { settings, broken } = decode(raw, problems);
  const pinned = settings["asOf"];
  const asOf = typeof pinned === "string" && !moment(pinned) ? inUtc(pinned) : inUtc(now.getTime());

  const parsed = configurationSchema(asOf).safeParse(settings);
  for (const issue of parsed.error?.issues ?? []) {
    if (!broken.has(String(issue.path[0]))) problems.addIssue(issue, settings);
  }
  for (const { path, given, refusal } of crossCheck(settings, asOf)) problems.refuse(path, given, refusal);
  if (problems.lines.length > 0 || !parsed.success) throw new ConfigurationError(problems.lines);
  return { ...parsed.data, daemons: parsed.data.daemons ?? [], asOf };
}

/** The settings as values; those whose text could not be read are told, and left out. */
function decode(
  raw: Readonly<Record<string, string | undefined>>,
  problems: ConfigurationProblems,
): { settings: Readonly<Record<string, unknown>>; broken: ReadonlySet<string> } {
  const settings = new Map<string, unknown>();
  const broken = new Set<string>();
  for (const [name, value] of Object.entries(raw)) {
    // Pulumi.yaml's defaults: nothing was written.
    if (value === undefined || (value === "" && TEXT_SETTINGS.includes(name))) continue;
    if (value === "{}" && STRUCTURED_SETTINGS.includes(name)) continue;
    if (!STRUCTURED_SETTINGS.includes(name)) {
      settings.set(name, value);
      continue;
    }
    try {
      settings.set(name, JSON.parse(value));
    } catch {
      broken.add(name);
      problems.refuse(name, value, {
        needed: "a structure in YAML, or the same as JSON",
        fix: `Write it under ${NAMESPACE}:${name} in Pulumi.<stack>.yaml, indented and without quotes around the whole.`,
      });
    }
  }
  return { settings: Object.fromEntries(settings), broken };
}
