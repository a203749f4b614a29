import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { preProcessFile } from "typescript";

/**
 * The groups of files that import each other, types too, each sorted.
 *
 * @param files paths of TypeScript files, from a root without `..`
 * @param read text of a file
 */
export function importCycles(
  files: readonly string[],
  read = (file: string) => readFileSync(file, "utf8"),
): string[][] {
  const known = new Set(files);
  const imports = new Map(
    files.map((file) => {
      const names = preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName);
      const own = names.filter((name) => name.startsWith("."));
      return [file, own.flatMap((name) => fileOf(normalize(join(dirname(file), name)), known) ?? [])];
    }),
  );
  return new Components(imports).cycles();
}

const fileOf = (path: string, known: ReadonlySet<string>): string | undefined =>
  [path, `${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find((candidate) => known.has(candidate));

/** Tarjan's strongly connected components. */
class Components {
  private readonly order = new Map<string, number>();
  private readonly open: string[] = [];
  private readonly found: string[][] = [];

  constructor(private readonly edges: ReadonlyMap<string, readonly string[]>) {}

  /** Those of more than one node. */
  cycles(): string[][] {
    for (const node of this.edges.keys()) if (!this.order.has(node)) this.visit(node);
    return this.found.filter(({ length }) => length > 1).map((nodes) => nodes.sort());
  }

  private visit(node: string): number {
    let lowest = this.order.size;
    this.order.set(node, lowest);
    this.open.push(node);
    for (const next of this.edges.get(node) ?? []) {
      const known = this.order.get(next);
      if (known === undefined) lowest = Math.min(lowest, this.visit(next));
      else if (this.open.includes(next)) lowest = Math.min(lowest, known);
    }
    if (lowest === this.order.get(node)) this.found.push(this.open.splice(this.open.indexOf(node)));
    return lowest;
  }
}
