import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../components/package.json";
import { type BuiltPackage, buildPackage } from "./support/builtPackage";

const root = join(__dirname, "../..");
let built: BuiltPackage;
let paths: string[];

beforeAll(() => {
  built = buildPackage();
  paths = built.files.map(({ path }) => path);
});
afterAll(() => {
  built.remove();
});

describe("the package that npm publishes", () => {
  it("has its licence, changelog, readme, plugin file and manifest beside what was compiled", () => {
    expect(paths.filter((path) => !path.startsWith("bin/")).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "PulumiPlugin.yaml",
      "README.md",
      "package.json",
    ]);
  });

  it("has the project's own licence", () => {
    const text = (file: string): string => readFileSync(file, "utf8");
    expect(text(join(built.directory, "LICENSE"))).toBe(text(join(root, "LICENSE")));
  });

  it("has a script with its declarations for each source, the schema, and no source, test or tool", () => {
    const others = paths.filter((path) => path.startsWith("bin/") && !/\.(js|d\.ts)$/.test(path)).sort();
    expect(others).toEqual([
      "bin/api/schema.json",
      "bin/checks/pendingInputs.json",
      "bin/graph/applicationPermissions.json",
      "bin/graph/delegatedPermissions.json",
    ]);
    for (const path of paths.filter((each) => /\.(js|d\.ts)$/.test(each))) {
      const source = path.replace(/^bin\//, "").replace(/\.(js|d\.ts)$/, ".ts");
      expect([path, existsSync(join(root, "components", source))]).toEqual([path, true]);
    }
    expect(paths.filter((path) => /test|publishing|support|tsconfig/.test(path))).toEqual([]);
  });

  it("is small", () => {
    const unpacked = built.files.reduce((sum, { size }) => sum + size, 0);
    expect(statSync(built.archive).size).toBeLessThan(200_000);
    expect(unpacked).toBeLessThan(800_000);
  });

  it("names no path of the machine that built it", () => {
    for (const path of paths) {
      expect([path, readFileSync(join(built.directory, path), "utf8").includes(root)]).toEqual([path, false]);
    }
  });

  it("leaves the choice of the SDK to the program, so that both use one", () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(["@pulumi/pulumi"]);
    expect(Object.keys(manifest.dependencies)).toEqual(["@pulumi/azure-native", "@pulumi/azuread"]);
  });
});

describe("its entry points", () => {
  it("stand before publint, and have types in every way to resolve them", () => {
    const judge = join(__dirname, "support/judge.mjs");
    const verdict: unknown = JSON.parse(execFileSync(process.execPath, [judge, built.archive], { encoding: "utf8" }));
    expect(verdict).toEqual({ publint: [], areTheTypesWrong: [] });
  });

  it("load as a program loads them", () => {
    const program = 'const { DaemonAccess } = require("azure-daemon-access"); process.stdout.write(DaemonAccess.name);';
    const output = execFileSync(process.execPath, ["-e", program], { cwd: built.directory, encoding: "utf8" });
    expect(output).toBe("DaemonAccess");
  });
});
