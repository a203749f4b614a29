import { nameOf } from "./packageSchema";
import type { PackageSchema, SchemaProperty } from "./inferSchema";

/** The inputs of each component that may be outputs of other resources, as paths: `allowedSubnetIds[]`, `tags{}`. */
export function pendingInputs(schema: PackageSchema): Record<string, string[]> {
  const components = Object.entries(schema.resources).map(([token, { inputProperties }]) => {
    const paths = Object.entries(inputProperties).flatMap(([name, property]) => below(name, property, schema));
    return [nameOf(token), paths] as const;
  });
  return Object.fromEntries(components);
}

function below(path: string, property: SchemaProperty, schema: PackageSchema): string[] {
  if (property.plain !== true) return [path];
  const { items, additionalProperties, $ref } = property;
  const properties = Object.entries(schema.types[$ref?.replace("#/types/", "") ?? ""]?.properties ?? {});
  return [
    ...(items ? below(`${path}[]`, items, schema) : []),
    ...(additionalProperties ? below(`${path}{}`, additionalProperties, schema) : []),
    ...properties.flatMap(([name, inner]) => below(`${path}.${name}`, inner, schema)),
  ];
}
