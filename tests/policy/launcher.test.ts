import { type ChildProcess, execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { policyPackPaths } from "../../policy/run";

const { packs, pathEntries } = policyPackPaths();
const launcher = path.join(pathEntries[0] ?? "", "pulumi-analyzer-policy-nodejs");
let running: ChildProcess | undefined;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "pack-"));
});

afterEach(() => {
  running?.kill();
  rmSync(directory, { recursive: true });
});

/** The first thing that a pack writes when the engine's launcher runs it. */
async function firstOutput(pack: string): Promise<string> {
  running = execFile(launcher, ["127.0.0.1:1", pack]);
  const [text] = (await once(running.stdout as Readable, "data")) as [string];
  return text.trim();
}

it("serves the pack, and tells the engine on which port", async () => {
  expect(await firstOutput(packs[0] ?? "")).toMatch(/^\d+$/);
}, 30_000);

it("runs another pack that is written in JavaScript in that pack's folder", async () => {
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ version: "1.0.0" }));
  writeFileSync(path.join(directory, "index.js"), "console.log(process.cwd())");
  expect(await firstOutput(directory)).toBe(directory);
}, 30_000);

it("leaves a pack that is written in TypeScript to Pulumi's own runner", async () => {
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ version: "1.0.0", main: "index.ts" }));
  writeFileSync(path.join(directory, "index.ts"), "const answer: number = 42; console.log(answer);");
  expect(await firstOutput(directory)).toBe("42");
}, 30_000);
