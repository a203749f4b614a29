import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageSchema, SchemaComponent, SchemaProperties, SchemaProperty } from "./inferSchema";
import { formatsSection, functionsSection, type PublicFunction } from "./listedParts";
import { nameOf } from "./packageSchema";
import { optionsSection } from "./resourceOptions";
import type { DeclaredResource, TypeDocs } from "./sourceDocs";

/** A page of each component and a list of them all: file name to Markdown. */
export function componentPages(
  schema: PackageSchema,
  docs: ReadonlyMap<string, TypeDocs>,
  functions: readonly PublicFunction[],
): Map<string, string> {
  const components = Object.entries(schema.resources).map(([token, component]) => ({ token, component }));
  const pages = components.map(({ token, component }): [string, string] => {
    const name = nameOf(token);
    return [`${name}.md`, page(name, token, component, schema, docs)];
  });
  const rows = components.map(({ token }) => {
    const name = nameOf(token);
    return `| [${name}](${name}.md) | ${cell(docs.get(name)?.description ?? "")} |`;
  });
  const list = [
    "# Components",
    "",
    "Each is a class of the npm package `azure-daemon-access`, and a resource type for programs in other languages. These",
    "pages are generated from the sources by `npm run api -w components`.",
    "",
    "| component | what it is |",
    "| --- | --- |",
    ...rows,
    "",
    "In the tables of the pages, `<name>` is the component's name.",
    "",
    ...formatsSection(),
    ...functionsSection(functions),
  ].join("\n");
  return new Map([["index.md", list], ...pages]);
}

function page(
  name: string,
  token: string,
  component: SchemaComponent,
  schema: PackageSchema,
  docs: ReadonlyMap<string, TypeDocs>,
): string {
  const { description = "", remarks, example, resources = [], guides = [], throws } = docs.get(name) ?? {};
  const { inputProperties, requiredInputs, properties, required } = component;
  const nested = nestedTypes([...Object.values(inputProperties), ...Object.values(properties)], schema);
  return [
    `# ${name}`,
    description,
    ...(remarks === undefined ? [] : [remarks]),
    ...(guides.length === 0 ? [] : [`See ${guides.map(guideLink).join(" and ")}.`]),
    `Type token: \`${token}\``,
    ...(example === undefined ? [] : ["## Example", `\`\`\`ts\n${example}\n\`\`\``]),
    "## Resources",
    resourceTable(resources),
    "## Inputs",
    table(inputProperties, requiredInputs),
    "## Outputs",
    table(properties, required),
    ...(nested.length === 0 ? [] : ["## Types"]),
    ...nested.flatMap((each) => {
      const type = schema.types[each];
      return type ? [`### ${nameOf(each)}`, type.description ?? "", table(type.properties, type.required)] : [];
    }),
    ...optionsSection(),
    ...(throws === undefined ? [] : ["## Errors", `The constructor throws ${throws}`]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** A guide by its title. @param page from the root of the repository, under docs/ */
function guideLink(page: string): string {
  const [, title = page] = /^# (.*)$/m.exec(readFileSync(join(__dirname, "../..", page), "utf8")) ?? [];
  return `[${title}](../../${page.replace(/^docs\//, "")})`;
}

function resourceTable(resources: readonly DeclaredResource[]): string {
  const rows = resources.map(
    ({ name, type, when }) => `| \`${name.replaceAll(", ", "`, `")}\` | \`${type}\` | ${when} |`,
  );
  return ["| name | type | when |", "| --- | --- | --- |", ...rows].join("\n");
}

function table(properties: SchemaProperties, required: readonly string[]): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const optional = required.includes(name) ? "" : "?";
    return `| \`${name}${optional}\` | ${typeText(property)} | ${cell(property.description ?? "")} |`;
  });
  return ["| name | type | what it is |", "| --- | --- | --- |", ...rows].join("\n");
}

function typeText({ $ref, items, additionalProperties, type = "" }: SchemaProperty): string {
  if ($ref !== undefined) return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`;
  if (items) return `list of ${typeText(items)}`;
  if (additionalProperties) return `map of ${typeText(additionalProperties)}`;
  return type;
}

/** Tokens of the types that properties lead to, each once, in the order in which a reader meets them. */
function nestedTypes(properties: readonly SchemaProperty[], schema: PackageSchema, seen = new Set<string>()): string[] {
  for (const property of properties) {
    const inner = property.items ?? property.additionalProperties ?? property;
    const token = inner.$ref?.replace("#/types/", "");
    if (token === undefined || seen.has(token)) continue;
    seen.add(token);
    nestedTypes(Object.values(schema.types[token]?.properties ?? {}), schema, seen);
  }
  return [...seen];
}

const cell = (text: string): string => text.replaceAll(/\s*\n\s*\n\s*/g, "<br>").replaceAll(/\s*\n\s*/g, " ");
