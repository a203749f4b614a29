import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codesIn, root, sectionNamed, tableIn } from "./pages";

/** Everything in the given packages that could say something. */
function sourceOf(...packages: string[]): string {
  return packages
    .flatMap((directory) => filesIn(join(root, directory)))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((found) => {
    const path = join(directory, found.name);
    if (found.isDirectory()) return ["bin", "node_modules"].includes(found.name) ? [] : filesIn(path);
    return /(?<!\.d)\.(ts|mjs)$/.test(found.name) ? [path] : [];
  });
}

const firstColumn = (section: string): string[] =>
  tableIn(sectionNamed("README.md", section)).map(([cell = ""]) => codesIn(cell)[0] ?? "");

/** The source as its messages read: without the marks and the line breaks that a long text is put together with. */
const spoken = (source: string): string => source.replace(/["'`]\s*\+\s*["'`]/g, "").replace(/\\(["'`])/g, "$1");

describe("the table of errors", () => {
  const source = spoken(sourceOf("infra", "components", "tools", "local"));

  it.each(firstColumn("errors"))("has a message that the source has too: %s", (message) => {
    const parts = message
      .split("…")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    expect(parts).not.toEqual([]);
    expect(parts.filter((part) => !source.includes(part))).toEqual([]);
  });
});

describe("the table of refusals", () => {
  const azure = sourceOf("local/azure");

  it.each([...new Set(firstColumn("refusals"))])("has a code that local Azure answers with: %s", (code) => {
    const aadsts = /^AADSTS(\d+)$/.exec(code)?.[1];
    expect(azure).toMatch(aadsts === undefined ? new RegExp(`"${code}"`) : new RegExp(`\\b${aadsts},`));
  });

  it("has every code that verify has a remedy for", () => {
    const remedies = sourceOf("tools/verify/remedies");
    const known = [...remedies.matchAll(/case "(AADSTS\d+|Forbidden\w+|Secret\w+|Authorization\w+)"/g)].map(
      ([, code = ""]) => code,
    );
    expect(known.length).toBeGreaterThan(5);
    const ofTheReader = ["AADSTS900023"];
    for (const code of known.filter((each) => !ofTheReader.includes(each))) {
      expect(firstColumn("refusals")).toContain(code);
    }
  });
});
