import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Ended } from "../../support/command";

const project = join(__dirname, "..", "..", "..");
const loader = join(project, "local", "install", "typescript.cjs");

let root: string;
let cache: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "typescript-")));
  cache = join(root, "node_modules", ".cache", "typescript");
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(project, "node_modules", "tsx"), join(root, "node_modules", "tsx"));
  write("helper", "export const double = (n: number): number => 2 * n;");
  write("main", `\n\n\nimport { double } from "./helper";\nconsole.log(double(21));`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(root, `${name}.ts`), text);
}

function load(...args: string[]): Promise<Ended> {
  const start = join(root, "start.mjs");
  writeFileSync(
    start,
    `import { createRequire } from "node:module";
     import { registerTypeScript } from ${JSON.stringify(loader)};
     registerTypeScript(${JSON.stringify(root)});
     createRequire(import.meta.url)("./main.ts");`,
  );
  return run(process.execPath, [start, ...args], {});
}

describe("a TypeScript file", () => {
  it("is loaded with what it imports, and compiled once", async () => {
    expect(await load()).toMatchObject({ code: 0, stdout: "42\n" });
    const [one = "", ...others] = readdirSync(cache);
    expect(others).toHaveLength(1);
    for (const file of [one, ...others]) writeFileSync(join(cache, file), `console.log("kept");`);
    expect(await load()).toMatchObject({ code: 0, stdout: "kept\n" });
  });

  it("is compiled again when it has changed", async () => {
    await load();
    write("helper", "export const double = (n: number): number => 3 * n;");
    expect(await load()).toMatchObject({ code: 0, stdout: "63\n" });
  });

  it("loads where nothing can be kept", async () => {
    writeFileSync(join(root, "node_modules", ".cache"), "");
    expect(await load()).toMatchObject({ code: 0, stdout: "42\n" });
  });

  it("has its own lines in a stack trace with --verbose", async () => {
    write("main", `interface Unseen {\n  readonly text: string;\n}\nthrow new Error("on line four");`);
    expect((await load("--verbose")).stderr).toContain("main.ts:4:");
  });
});
