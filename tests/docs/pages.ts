import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** The pages whose examples are promises. */
export const pages: readonly string[] = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "AGENTS.md",
  "components/README.md",
  "local/README.md",
  "tools/verify/README.md",
  "examples/clients/README.md",
  "examples/pipelines/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`)
    .sort(),
];

/** A fenced block. */
export interface Block {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The last line before the fence that isn't empty. */
  readonly before: string;
}

export const read = (page: string): string => readFileSync(join(root, page), "utf8");

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = read(page).split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const language = /^```(\w*)$/.exec(lines[index] ?? "")?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", index + 1);
    const text = `${lines.slice(index + 1, end).join("\n")}\n`;
    const before = lines.slice(0, index).findLast((line) => line.trim() !== "") ?? "";
    blocks.push({ page, line: index + 1, language, text, before });
    index = end;
  }
  return blocks;
}

export const blocksIn = (...languages: string[]): Block[] =>
  pages.flatMap(blocksOf).filter(({ language }) => languages.includes(language));

/** Where a block stands, as a test names it. */
export const place = ({ page, line }: Block): string => `${page}:${line}`;

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
export function sectionNamed(page: string, name: string): string {
  const [, section] = new RegExp(`<!-- ${name} -->([\\s\\S]*?)<!-- /${name} -->`).exec(read(page)) ?? [];
  if (section === undefined) throw new Error(`${page} has no section ${name}`);
  return section;
}

/** Rows of the first table in a text, the head left out. A cell's own bars are written `\|`. */
export function tableIn(text: string): string[][] {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.startsWith("|"));
  const after = lines.slice(first).findIndex((line) => !line.startsWith("|"));
  return lines
    .slice(first, after === -1 ? undefined : first + after)
    .slice(2)
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The texts in code marks. */
export const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
