import { readFileSync } from "node:fs";
import { join } from "node:path";
import { read, root, tableIn } from "./pages";

/** What a package's manifest asks for, without the project's own workspaces. */
function dependenciesOf(directory: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8"));
  const { dependencies = {}, devDependencies = {} } = manifest as Record<string, Record<string, string> | undefined>;
  return Object.keys({ ...dependencies, ...devDependencies });
}

const [, afterHeading = ""] = read("docs/explanation/decisions/index.md").split("## Libraries");

/** "@azure/identity, keyvault-secrets" names the second one by its last part. */
const listed = tableIn(afterHeading).flatMap(([names = ""]) =>
  names.split(", ").map((name) => name.split(" ")[0] ?? ""),
);

const isListed = (name: string): boolean =>
  listed.some((known) => known === name || (name.startsWith("@azure/") && known === name.replace("@azure/", "")));

describe("the list of libraries", () => {
  it.each(["", "components", "local", "policy"])("has every package that /%s depends on", (directory) => {
    const typesOf = /^@types\/(node|jest)$|^@eslint\/js$/;
    expect(dependenciesOf(directory).filter((name) => !typesOf.test(name) && !isListed(name))).toEqual([]);
  });
});
