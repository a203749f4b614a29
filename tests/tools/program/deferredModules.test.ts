import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { version } from "typescript";
import { typeScriptOptions } from "../../support/typeScriptOptions";

const root = join(__dirname, "..", "..", "..");

/** Runs a script in a process of its own, as the module cache is one for the process. */
const run = (script: string): unknown =>
  JSON.parse(execFileSync(process.execPath, [...typeScriptOptions, "-e", script], { cwd: root, encoding: "utf8" }));

it("starts the Pulumi SDK without what it does not use, which is there when it is used", () => {
  const script = `
    require("./local/stack/drivenStack.ts");
    const loaded = () => Object.keys(require.cache).filter((file) => /arborist.lib.(?!index)/.test(file)).length;
    const before = loaded();
    const ts = require("@pulumi/pulumi/typescript-shim");
    const { Arborist } = require("@npmcli/arborist");
    console.log(JSON.stringify({ before, some: loaded() > 0, version: ts.version, arborist: typeof Arborist }));`;

  expect(run(script)).toEqual({ before: 0, some: true, version, arborist: "function" });
});

it("still turns a function into text", () => {
  const script = `
    require("./local/stack/drivenStack.ts");
    const { serializeFunction } = require("@pulumi/pulumi/runtime");
    serializeFunction(() => 42).then(({ text }) => console.log(JSON.stringify(text.includes("42"))));`;
  expect(run(script)).toBe(true);
});

it("leaves the modules to a program of its own, once its SDK is loaded", () => {
  const script = `
    const { deferSeldomUsed } = require("./tools/program/deferredModules.ts");
    const end = deferSeldomUsed(require);
    require("@pulumi/pulumi");
    const before = Object.keys(require("typescript")).length;
    end();
    console.log(JSON.stringify({ before, isWhole: Object.keys(require("typescript")).length > 100 }));`;
  expect(run(script)).toEqual({ before: 0, isWhole: true });
});
