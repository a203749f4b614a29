import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import manifest from "../package.json";

/** A property of Pulumi's package schema, as far as this package uses the format. */
export interface SchemaProperty {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: SchemaProperty;
  readonly additionalProperties?: SchemaProperty;
  readonly plain?: boolean;
  readonly description?: string;
  readonly default?: string | number | boolean;
  /** Said by the SDK beside the list of required properties; the format itself has no such key. */
  readonly optional?: boolean;
}

export type SchemaProperties = Readonly<Record<string, SchemaProperty>>;

/** An object type. */
export interface SchemaType {
  readonly type: string;
  readonly description?: string;
  readonly properties: SchemaProperties;
  readonly required: readonly string[];
}

/** A component. */
export interface SchemaComponent extends SchemaType {
  readonly isComponent: boolean;
  readonly inputProperties: SchemaProperties;
  readonly requiredInputs: readonly string[];
}

/** Pulumi's package schema, as far as this package uses the format. */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly resources: Readonly<Record<string, SchemaComponent>>;
  readonly types: Readonly<Record<string, SchemaType>>;
  readonly dependencies: readonly unknown[];
  readonly [key: string]: unknown;
}

/** The schema that Pulumi's own component provider infers from the sources. Takes seconds: it compiles them. */
export function inferSchema(directory: string, components: readonly string[]): PackageSchema {
  const { name, version, description } = manifest;
  const analyzer = new Analyzer(directory, name, manifest, new Set(components));
  const { components: definitions, typeDefinitions, dependencies } = analyzer.analyze();
  const inferred: unknown = generateSchema(name, version, description, definitions, typeDefinitions, dependencies);
  return inferred as PackageSchema;
}
