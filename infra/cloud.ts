import { problemLine } from "../components/checks/argumentError";

/** What the providers call the public cloud. */
const PUBLIC: readonly string[] = ["public", "global"];
const PUBLIC_HOST = "management.azure.com";

/** Settings of the providers that lead to a cloud; the variable that stands in for one is read where it is absent. */
const settings = [
  { key: "azure-native:environment", variable: "ARM_ENVIRONMENT", allowed: PUBLIC },
  { key: "azuread:environment", variable: "ARM_ENVIRONMENT", allowed: PUBLIC },
  { key: "azure-native:metadataHost", variable: "ARM_METADATA_HOSTNAME", allowed: [PUBLIC_HOST] },
  { key: "azuread:metadataHost", variable: "ARM_METADATA_HOSTNAME", allowed: [PUBLIC_HOST] },
];

/**
 * A line for each setting that leads to another cloud than the public one. The stack writes addresses of the public cloud
 * into credentials and outputs, which lead nowhere in another.
 *
 * @param config values by name with its namespace
 */
export function cloudProblems(
  config: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const lines = settings.flatMap(({ key, variable, allowed }) => {
    const [from, value] = config[key] === undefined ? [variable, environment[variable]] : [key, config[key]];
    if (value === undefined || value === "" || (typeof value === "string" && allowed.includes(value.toLowerCase())))
      return [];
    const needed = "Azure's public cloud, because the addresses that this stack hands out are of that cloud";
    return [problemLine(from, value, { needed, fix: "Remove it; other clouds are unsupported." })];
  });
  return [...new Set(lines)];
}
