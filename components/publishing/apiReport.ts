import * as ts from "typescript";
import { parse, type PublicDeclaration, publicDeclarations } from "./publicSources";

const OPTIONS: ts.CompilerOptions = {
  declaration: true,
  removeComments: true,
  stripInternal: true,
  target: ts.ScriptTarget.ES2022,
};

/** Every signature that a program in TypeScript can lean on, without comments and bodies, in alphabetical order. */
export function apiReport(directory: string): string {
  const declarations = publicDeclarations(directory);
  const exported = new Set(declarations.map(({ name }) => name));
  const signatures = declarations.map((declaration) => signature(declaration));
  const hidden = new Set(declarations.flatMap((each) => ownImports(each).filter((name) => !exported.has(name))));
  const used = [...hidden].filter((name) => signatures.some((text) => new RegExp(`\\b${name}\\b`).test(text))).sort();
  return [
    "# API of azure-daemon-access",
    "",
    "Made from the sources by `npm run api -w components`. A line that changes here changes for whoever uses the package:",
    "one that goes or narrows is a breaking change.",
    "",
    "```ts",
    signatures.join("\n\n"),
    "```",
    ...(used.length > 0 ? ["", `Used above and not exported: ${used.join(", ")}.`] : []),
    "",
  ].join("\n");
}

/** The declaration alone, as the compiler would write it to a declaration file. */
function signature({ name, source, module }: PublicDeclaration): string {
  const { outputText } = ts.transpileDeclaration(source.text, {
    fileName: source.fileName,
    compilerOptions: OPTIONS,
  });
  const emitted = parse(`${module}.d.ts`, outputText);
  const found = publicDeclarations("", (asked) =>
    asked === "./index" ? parse("index.ts", `export { ${name} } from "${module}";`) : emitted,
  )[0];
  if (!found) throw new Error(`${module} declares no ${name}.`);
  return found.declaration
    .getText(emitted)
    .replace(/^export (declare )?/, "")
    .replaceAll(/^ {4}(private|#).*\n/gm, "")
    .replaceAll("    ", "  ");
}

/** Names that a file takes from the package's other files. */
function ownImports({ source }: PublicDeclaration): string[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const bindings = importClause?.namedBindings;
    if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith(".")) return [];
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  });
}
