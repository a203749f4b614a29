import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { UsageError } from "../../cli/failure";

type Settings = Readonly<Record<string, unknown>>;

/** A stack's settings as the engine hands them to the program: text as it is, structures as JSON. */
export interface StackFile {
  /** By name with its namespace. */
  readonly config: Readonly<Record<string, string>>;
  /** Names of the settings that are encrypted, or have something encrypted in them: a placeholder stands for it. */
  readonly encrypted: readonly string[];
}

/**
 * Reads `Pulumi.<stack>.yaml`.
 * @throws UsageError where the project has no such stack, or its file is not valid YAML
 */
export function readStackFile(project: string, stack: string, projectName: string): StackFile {
  // A stack of Pulumi Cloud may be named with its organization.
  const file = join(project, `Pulumi.${stack.slice(stack.lastIndexOf("/") + 1)}.yaml`);
  if (!existsSync(file)) {
    const known = readdirSync(project).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new UsageError(`--stack: there is no ${file}. Stacks of this project: ${known.join(", ") || "none"}.`);
  }
  const document = parseDocument(readFileSync(file, "utf8"), { merge: true });
  if (document.errors.length > 0) {
    throw new UsageError(
      `${file} is not valid YAML:\n${document.errors.map(({ message }) => message.trimEnd()).join("\n")}`,
    );
  }
  const content = document.toJS() as { readonly config?: Settings | null } | null;
  const named = Object.entries(content?.config ?? {}).map(
    ([name, value]) => [name.includes(":") ? name : `${projectName}:${name}`, value] as const,
  );
  const encrypted = named.filter(([, value]) => isEncrypted(value)).map(([name]) => name);
  const given = named.filter(([, value]) => value !== null);
  return {
    config: Object.fromEntries(given.map(([name, value]) => [name, asText(withPlaceholders(value))])),
    encrypted,
  };
}

/** Stands for an encrypted value. */
const placeholder = "[encrypted]";

function withPlaceholders(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("secure" in value) return placeholder;
  if (Array.isArray(value)) return value.map(withPlaceholders);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withPlaceholders(inner)]));
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(isEncrypted));
}
