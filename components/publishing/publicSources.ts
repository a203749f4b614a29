import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** A class or interface that the package exports, or a type alias or constant. */
export interface PublicDeclaration {
  readonly name: string;
  readonly declaration: ts.Statement;
  /** The file it stands in, as the package's entry point names it: `./graph/graphGrant`. */
  readonly module: string;
  readonly source: ts.SourceFile;
}

/** Parses one TypeScript file, without its types. */
export const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);

/** Everything that the package exports, by name, in alphabetical order. */
export function publicDeclarations(directory: string): PublicDeclaration[] {
  const read = (module: string): ts.SourceFile => parseFile(join(directory, `${module}.ts`));
  return read("./index")
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ moduleSpecifier, exportClause }) => {
      if (
        !moduleSpecifier ||
        !ts.isStringLiteral(moduleSpecifier) ||
        !exportClause ||
        !ts.isNamedExports(exportClause)
      ) {
        throw new Error("index.ts exports by name and from files alone.");
      }
      const module = moduleSpecifier.text;
      const source = read(module);
      return exportClause.elements.map(({ name: { text: name } }) => ({
        name,
        module,
        source,
        declaration: declarationOf(source, name),
      }));
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const parseFile = (file: string): ts.SourceFile => parse(file, readFileSync(file, "utf8"));

/** The statement of a file that declares a name. */
export function declarationOf(source: ts.SourceFile, name: string): ts.Statement {
  const found = source.statements.find((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some((each) => each.name.getText(source) === name);
    }
    return "name" in statement && (statement as { name?: ts.Identifier }).name?.text === name;
  });
  if (!found) throw new Error(`${source.fileName} declares no ${name}.`);
  return found;
}
