import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as published from "../../components/index";
import { credentialFormats } from "../../components/vault/credentialFormats";
import { codesIn, read, root, sectionNamed, tableIn } from "./pages";

interface Argument {
  readonly name: string;
  readonly required: boolean;
}

const interfaces = new Map<string, ts.InterfaceDeclaration>();
const components = new Map<string, ts.ClassDeclaration>();

for (const file of filesIn(join(root, "components"))) {
  for (const statement of ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true)
    .statements) {
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, statement);
    if (ts.isClassDeclaration(statement) && namesAbove(statement).includes("pulumi.ComponentResource")) {
      components.set(statement.name?.text ?? "", statement);
    }
  }
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((found) => {
    const path = join(directory, found.name);
    if (found.isDirectory()) return ["bin", "node_modules"].includes(found.name) ? [] : filesIn(path);
    return /(?<!\.d)\.ts$/.test(found.name) ? [path] : [];
  });
}

function namesAbove(declaration: ts.InterfaceDeclaration | ts.ClassDeclaration): string[] {
  const clauses = declaration.heritageClauses ?? [];
  return clauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
}

/** The arguments of an interface and of those that it extends. */
function argumentsOf(name: string): Argument[] {
  const declaration = interfaces.get(name);
  if (declaration === undefined) throw new Error(`the components have no interface ${name}`);
  return [
    ...declaration.members.map((member) => ({
      name: member.name?.getText() ?? "",
      required: member.questionToken === undefined,
    })),
    ...namesAbove(declaration).flatMap(argumentsOf),
  ];
}

const outputsOf = (component: ts.ClassDeclaration): string[] =>
  component.members.filter(ts.isPropertyDeclaration).flatMap((member) => {
    const modifiers = ts.getModifiers(member) ?? [];
    return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword) ? [member.name.getText()] : [];
  });

const page = read("components/README.md");

/** What the page says of one component. */
function sectionOf(component: string): string {
  const [, section] = new RegExp(`\n## ${component}\n([\\s\\S]*?)(?=\n## |$)`).exec(page) ?? [];
  if (section === undefined) throw new Error(`components/README.md has no section ${component}`);
  return section;
}

const byName = (one: Argument, other: Argument): number => (one.name < other.name ? -1 : 1);

describe.each([...components.keys()].filter((name) => name in published).sort())(
  "the page of the components on %s",
  (component) => {
    it("lists its arguments, and which are required", () => {
      const [, after = ""] = sectionOf(component).split(`<!-- arguments: ${component} -->`);
      const told = tableIn(after).map(([name = "", fallback = ""]) => ({
        name: codesIn(name)[0] ?? "",
        required: fallback === "required",
      }));
      expect(told.sort(byName)).toEqual(argumentsOf(`${component}Args`).sort(byName));
    });

    it("lists its outputs", () => {
      const declaration = components.get(component);
      const outputs = declaration === undefined ? [] : outputsOf(declaration);
      expect(outputs).not.toEqual([]);
      expect(codesIn(sectionOf(component))).toEqual(expect.arrayContaining(outputs));
    });
  },
);

describe("the page of the components", () => {
  it("has the formats, with their content types", () => {
    const told = tableIn(sectionNamed("components/README.md", "formats")).map(([format = "", type = ""]) => [
      codesIn(format)[0],
      codesIn(type)[0],
    ]);
    expect(told.sort()).toEqual(
      [...credentialFormats].map(([format, { contentType }]) => [format, contentType]).sort(),
    );
  });

  it("has every function", () => {
    const functions = Object.entries(published).filter(
      ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
    );
    const told = tableIn(sectionNamed("components/README.md", "functions")).map(([name = ""]) => codesIn(name)[0]);
    expect(told.sort()).toEqual(functions.map(([name]) => name).sort());
  });
});
