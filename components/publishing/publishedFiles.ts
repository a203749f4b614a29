import { join } from "node:path";
import * as prettier from "prettier";
import * as ts from "typescript";
import { apiReport } from "./apiReport";
import { componentPages } from "./componentPages";
import { inferSchema, type PackageSchema } from "./inferSchema";
import { pendingInputs } from "./pendingInputs";
import { packageSchema } from "./packageSchema";
import { publicDeclarations } from "./publicSources";
import type { PublicFunction } from "./listedParts";
import { descriptionOf, sourceDocs, type TypeDocs } from "./sourceDocs";

const components = join(__dirname, "..");
/** Directory of the components' pages; every file in it is a published one. */
export const PAGES_DIRECTORY = join(components, "../docs/reference/components");
export const SCHEMA_FILE = join(components, "api/schema.json");
export const API_REPORT_FILE = join(components, "api/azure-daemon-access.api.md");

export const PENDING_INPUTS_FILE = join(components, "checks/pendingInputs.json");

/** The files that are made from the sources and reviewed like them: path to content. Takes seconds. */
export async function publishedFiles(): Promise<Map<string, string>> {
  const docs = sourceDocs(components);
  const schema = packageSchema(inferSchema(components, componentNames()), docs);
  const files = new Map([
    [SCHEMA_FILE, JSON.stringify(schema)],
    [API_REPORT_FILE, apiReport(components)],
    [PENDING_INPUTS_FILE, JSON.stringify(pendingInputs(schema))],
  ]);
  const formatted = [...files].map(async ([file, content]): Promise<[string, string]> => {
    const options = await prettier.resolveConfig(file);
    return [file, await prettier.format(content, { ...options, filepath: file })];
  });
  return new Map([...(await Promise.all(formatted)), ...pagesOf(schema, docs)]);
}

function pagesOf(schema: PackageSchema, docs: ReadonlyMap<string, TypeDocs>): [string, string][] {
  return [...componentPages(schema, docs, functions())].map(([name, content]) => [
    join(PAGES_DIRECTORY, name),
    content,
  ]);
}

/** The exported functions. */
const functions = (): PublicFunction[] =>
  publicDeclarations(components).flatMap(({ name, declaration }) =>
    ts.isFunctionDeclaration(declaration) ? [{ name, description: descriptionOf(declaration) }] : [],
  );

/** Names of the exported classes that register a resource. */
function componentNames(): string[] {
  return publicDeclarations(components)
    .filter(({ declaration }) => ts.isClassDeclaration(declaration) && extendsComponentResource(declaration))
    .map(({ name }) => name);
}

function extendsComponentResource({ heritageClauses = ts.factory.createNodeArray() }: ts.ClassDeclaration): boolean {
  return heritageClauses.some(({ types }) =>
    types.some(({ expression }) => expression.getText() === "pulumi.ComponentResource"),
  );
}
