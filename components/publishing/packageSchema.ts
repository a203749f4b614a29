import type { PackageSchema, SchemaComponent, SchemaProperties, SchemaProperty, SchemaType } from "./inferSchema";
import type { TypeDocs } from "./sourceDocs";

/**
 * The schema that the package publishes: the inferred one, with the defaults, examples and descriptions that the
 * inference leaves out, and without what isn't public.
 */
export function packageSchema(inferred: PackageSchema, docs: ReadonlyMap<string, TypeDocs>): PackageSchema {
  return {
    ...inferred,
    resources: sorted(inferred.resources, (component, token) => describedComponent(component, nameOf(token), docs)),
    types: sorted(inferred.types, (type, token) => describedType(type, nameOf(token), docs)),
  };
}

/** The class or interface behind a token, as `DataLake` behind `azure-daemon-access:index:DataLake`. */
export const nameOf = (token: string): string => token.slice(token.lastIndexOf(":") + 1);

function describedComponent(
  component: SchemaComponent,
  name: string,
  docs: ReadonlyMap<string, TypeDocs>,
): SchemaComponent {
  const { description, example } = docsOf(docs, name);
  const { inputProperties, properties, required } = component;
  return {
    ...component,
    description: example === undefined ? description : `${description}\n\n\`\`\`typescript\n${example}\n\`\`\``,
    inputProperties: withDefaults(inputProperties, docs.get(`${name}Args`)?.defaults ?? new Map()),
    properties: withDefaults(properties, new Map()),
    required: required.filter(isPublic),
  };
}

function describedType(type: SchemaType, name: string, docs: ReadonlyMap<string, TypeDocs>): SchemaType {
  const own = docsOf(docs, name);
  return {
    ...type,
    description: own.description,
    properties: withDefaults(type.properties, own.defaults),
  };
}

function withDefaults(properties: SchemaProperties, defaults: ReadonlyMap<string, string>): SchemaProperties {
  const entries = Object.entries(properties).filter(([name]) => isPublic(name));
  return Object.fromEntries(entries.map(([name, property]) => [name, withDefault(property, defaults.get(name))]));
}

function withDefault(property: SchemaProperty, text: string | undefined): SchemaProperty {
  const described = Object.fromEntries(Object.entries(property).filter(([key]) => key !== "optional"));
  if (text === undefined) return described;
  const value = scalar(text);
  const description = `${property.description ?? ""}\n\nDefault: ${text}.`;
  return { ...described, description, ...(value !== undefined && { default: value }) };
}

function docsOf(docs: ReadonlyMap<string, TypeDocs>, name: string): TypeDocs {
  const found = docs.get(name);
  if (!found) throw new Error(`index.ts must export ${name}: programs in TypeScript need it to write the arguments.`);
  return found;
}

/** The inference takes private members for outputs, under the names that the compiler gives them. */
const isPublic = (name: string): boolean => /^[a-z]\w*$/i.test(name);

/** The value of a default that is a literal; the format carries no lists, and words are for people. */
function scalar(text: string): string | number | boolean | undefined {
  return /^("[^"]*"|-?\d+|true|false)$/.test(text) ? (JSON.parse(text) as string | number | boolean) : undefined;
}

function sorted<T>(entries: Readonly<Record<string, T>>, change: (value: T, key: string) => T): Record<string, T> {
  const keys = Object.keys(entries).sort();
  return Object.fromEntries(keys.map((key) => [key, change(entries[key] as T, key)]));
}
