import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { functionRow, resourceRow } from "../../../../tools/doctor/rights/catalogue";

const root = join(__dirname, "..", "..", "..", "..");

/** Sources of what runs as a program: the components, but not what makes their package, and the stack. */
const sources = ["components", "infra"]
  .flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: "utf8" }).map((file) =>
      join(root, directory, file),
    ),
  )
  .filter((file) => file.endsWith(".ts") && !/node_modules|[\\/]bin[\\/]|[\\/]publishing[\\/]/.test(file))
  .map((file) => readFileSync(file, "utf8"));

/** Names that a source gives to modules of the providers' SDKs: "keyvault" for "azure-native:keyvault". */
function modulesOf(source: string): Map<string, string> {
  const imports = source.matchAll(/import \* as (\w+) from "@pulumi\/(azuread|azure-native\/(\w+))"/g);
  return new Map([...imports].map(([, name = "", found = "", module]) => [name, module ?? found]));
}

const decapitalized = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

const tokenOf = (module: string, name: string): string =>
  module === "azuread" ? `azuread:index/${decapitalized(name)}:${name}` : `azure-native:${module}:${name}`;

/** Tokens of what the sources use by a pattern whose groups are a module's name and a member's. */
const tokensBy = (pattern: RegExp, memberOf: (found: string) => string): string[] =>
  [
    ...new Set(
      sources.flatMap((source) => {
        const modules = modulesOf(source);
        return [...source.matchAll(pattern)].flatMap(([, name = "", member = ""]) => {
          const module = modules.get(name);
          return module === undefined ? [] : [tokenOf(module, memberOf(member))];
        });
      }),
    ),
  ].sort();

const resources = tokensBy(/new (\w+)\.([A-Z]\w*)\(/g, (name) => name);
const functions = tokensBy(/\b(\w+)\.(get[A-Z]\w*?)(?:Output)?\(/g, (name) => name);

describe("the rows of rights", () => {
  it("are looked for in sources that declare things", () => {
    expect(resources).toEqual(
      expect.arrayContaining(["azure-native:keyvault:Vault", "azuread:index/application:Application"]),
    );
    expect(functions).toContain("azuread:index/getClientConfig:getClientConfig");
  });

  it.each(resources)("has one for the resource %s", (token) => {
    expect(resourceRow(token)).toBeDefined();
  });

  it.each(functions)("has one for the function %s", (token) => {
    expect(functionRow(token)).toBeDefined();
  });
});
