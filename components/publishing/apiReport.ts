import * as ts from "typescript";
import { declarationOf, parse, type PublicDeclaration, publicDeclarations } from "./publicSources";

const OPTIONS: ts.CompilerOptions = {
  declaration: true,
  removeComments: true,
  stripInternal: true,
  target: ts.ScriptTarget.ES2022,
};

/** Every signature that a program in TypeScript can lean on, without comments and bodies, in alphabetical order. */
export function apiReport(directory: string): string {
  const declarations = publicDeclarations(directory).map((declaration) => ({
    ...declaration,
    ...emitted(declaration),
  }));
  const exported = new Set(declarations.map(({ name }) => name));
  const hidden = new Set(declarations.flatMap(ownTypes).filter((name) => !exported.has(name)));
  return [
    "# API of azure-daemon-access",
    "",
    "Made from the sources by `npm run api -w components`. A line that changes here changes for whoever uses the package:",
    "one that goes or narrows is a breaking change.",
    "",
    "```ts",
    declarations.map(({ text }) => text).join("\n\n"),
    "```",
    ...(hidden.size > 0 ? ["", `Used above and not exported: ${[...hidden].sort().join(", ")}.`] : []),
    "",
  ].join("\n");
}

interface Emitted {
  readonly node: ts.Statement;
  readonly text: string;
}

/** The declaration alone, as the compiler would write it to a declaration file. */
function emitted({ name, source, module }: PublicDeclaration): Emitted {
  const { outputText } = ts.transpileDeclaration(source.text, {
    fileName: source.fileName,
    compilerOptions: OPTIONS,
  });
  const file = parse(`${module}.d.ts`, outputText);
  const node = declarationOf(file, name);
  const text = node
    .getText(file)
    .replace(/^export (declare )?/, "")
    .replaceAll(/^ {4}(private|#).*\n/gm, "")
    .replaceAll("    ", "  ");
  return { node, text };
}

/** Names of the package's own types that a declaration leans on. */
function ownTypes({ node, source }: PublicDeclaration & Emitted): string[] {
  const own = new Set(source.statements.flatMap(namesOf));
  const names: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isTypeReferenceNode(each) && ts.isIdentifier(each.typeName)) names.push(each.typeName.text);
    if (ts.isExpressionWithTypeArguments(each) && ts.isIdentifier(each.expression)) names.push(each.expression.text);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names.filter((name) => own.has(name));
}

/** Names of types that a statement declares or takes from the package's other files. */
function namesOf(statement: ts.Statement): string[] {
  if (!ts.isImportDeclaration(statement)) {
    return "name" in statement ? [(statement as { name?: ts.Identifier }).name?.text ?? ""] : [];
  }
  const { moduleSpecifier, importClause } = statement;
  const bindings = importClause?.namedBindings;
  if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith(".")) return [];
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}
