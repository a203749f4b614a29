import * as ts from "typescript";
import { publicDeclarations } from "./publicSources";

/** A resource that a component declares, as its `@resource` line says: `name | type | when`. */
export interface DeclaredResource {
  /** With `<name>` for the component's own name, and other placeholders. */
  readonly name: string;
  readonly type: string;
  readonly when: string;
}

/** What the sources say of one class or interface. */
export interface TypeDocs {
  readonly description: string;
  /** What a user of it needs to know beside its arguments: Markdown. */
  readonly remarks?: string;
  /** The resources that it declares. */
  readonly resources: readonly DeclaredResource[];
  /** Pages that go further, from the root of the repository. */
  readonly guides: readonly string[];
  /** The code of its example, without the fence. */
  readonly example?: string;
  /** What its constructor throws. */
  readonly throws?: string;
  /** The `@default` of each member that has one. */
  readonly defaults: ReadonlyMap<string, string>;
}

type Documented = ts.ClassDeclaration | ts.InterfaceDeclaration;

/** What the sources say of each exported class and interface, by name. */
export function sourceDocs(directory: string): Map<string, TypeDocs> {
  const documented = publicDeclarations(directory).flatMap(({ name, declaration }): [string, Documented][] =>
    ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration) ? [[name, declaration]] : [],
  );
  const declarations = new Map(documented);
  return new Map(documented.map(([name, declaration]) => [name, docsOf(declaration, declarations)]));
}

function docsOf(declaration: Documented, others: ReadonlyMap<string, Documented>): TypeDocs {
  const example = tag(declaration, "example")?.replace(/^```\w*\n|\n```$/g, "");
  const constructor = ts.isClassDeclaration(declaration)
    ? declaration.members.find(ts.isConstructorDeclaration)
    : undefined;
  const throws = constructor && tag(constructor, "throws");
  const remarks = tag(declaration, "remarks");
  return {
    description: descriptionOf(declaration),
    ...(remarks !== undefined && { remarks }),
    resources: tags(declaration, "resource").map(declaredResource),
    guides: tags(declaration, "see"),
    ...(example !== undefined && { example }),
    ...(throws !== undefined && { throws }),
    defaults: defaultsOf(declaration, others),
  };
}

/** The words of a comment above its tags. */
export const descriptionOf = (declaration: ts.Node): string =>
  text(ts.getJSDocCommentsAndTags(declaration).find(ts.isJSDoc)?.comment);

/** The defaults of a type's own members and of those that it inherits. */
function defaultsOf(declaration: Documented, others: ReadonlyMap<string, Documented>): Map<string, string> {
  const parents = (declaration.heritageClauses ?? []).flatMap(({ types }) => types);
  const inherited = parents.flatMap(({ expression }) => {
    const parent = others.get(expression.getText());
    return parent ? [...defaultsOf(parent, others)] : [];
  });
  const own = declaration.members.flatMap((member): [string, string][] => {
    const value = tag(member, "default");
    return value !== undefined && member.name ? [[member.name.getText(), value]] : [];
  });
  return new Map([...inherited, ...own]);
}

function tag(node: ts.Node, name: string): string | undefined {
  const found = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  // The compiler reads `@throws Name` as a type and the words after it as the comment.
  if (found && ts.isJSDocThrowsTag(found)) {
    return [found.typeExpression?.getText(), text(found.comment)].filter(Boolean).join(" ");
  }
  return found && text(found.comment);
}

/** The texts of every tag of a name. */
const tags = (node: ts.Node, name: string): string[] =>
  ts.getJSDocTags(node).flatMap((each) => (each.tagName.text === name ? [textOfTag(each)] : []));

/** The compiler takes the first word of `@see` for a name where it looks like one. */
const textOfTag = (found: ts.JSDocTag): string =>
  found
    .getText()
    .replace(/^@\w+\s+/, "")
    .replaceAll(/\s*\n[\s*]*/g, " ")
    .replace(/[\s*]+$/, "");

function declaredResource(line: string): DeclaredResource {
  const [name = "", type = "", when = ""] = line.split(" | ");
  return { name, type, when };
}

/** A comment without its links' marks. */
const text = (comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string =>
  (ts.getTextOfJSDocComment(comment) ?? "").replaceAll(/\{@link (\w+)\}/g, "$1");
