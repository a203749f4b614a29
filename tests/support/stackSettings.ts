import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "../..");
const NAMESPACE = "azure-daemon-access:";

/** A YAML file of the project's root. */
export const projectFile = (name: string): unknown => parse(readFileSync(join(ROOT, name), "utf8"));

/** A stack's settings of our namespace, structures as YAML has them. */
export function stackSettings(stack: string): Record<string, unknown> {
  const { config } = projectFile(`Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
  const ours = Object.entries(config).filter(([key]) => key.startsWith(NAMESPACE));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice(NAMESPACE.length), value]));
}

/** Settings as Pulumi hands them over: text as it is, all else as JSON. */
export const asPulumiHasThem = (settings: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
