import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const packages = join(__dirname, "..", "..", "..", "local", "install", "packages.mjs");
const installs = 'mkdir -p node_modules/left-pad; echo "{}" > node_modules/left-pad/package.json';
const lock = (version: string): string =>
  JSON.stringify({ packages: { "": {}, "node_modules/left-pad": { version } } });

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "install-"));
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "package-lock.json"), lock("1.0.0"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Puts an npm in place that notes each call. */
function putNpm(script: string): void {
  writeFileSync(join(root, "bin", "npm"), `#!/bin/sh\necho "$*" >> npm.log\n${script}\n`);
  chmodSync(join(root, "bin", "npm"), 0o755);
}

const npmCalls = (): number =>
  existsSync(join(root, "npm.log")) ? readFileSync(join(root, "npm.log"), "utf8").trim().split("\n").length : 0;

async function install(): Promise<{ code: number | null; stderr: string }> {
  const script = `import(${JSON.stringify(packages)}).then(({ installPackages }) => installPackages(${JSON.stringify(root)}))`;
  const child = spawn(process.execPath, ["-e", script], {
    env: { PATH: `${join(root, "bin")}:/usr/bin:/bin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const closed = once(child, "close");
  const stderr = await text(child.stderr);
  return { code: ((await closed) as [number | null])[0], stderr };
}

it("installs on a fresh clone with a line of progress, and then never again", async () => {
  putNpm(installs);
  expect((await install()).stderr).toMatch(/^Installing packages \(npm ci\) …\nInstalled packages in \d+ s\n$/);
  expect(await install()).toEqual({ code: 0, stderr: "" });
  expect(npmCalls()).toBe(1);
});

it("installs again when the lock file has changed", async () => {
  putNpm(installs);
  await install();
  writeFileSync(join(root, "package-lock.json"), lock("1.1.0"));
  await install();
  expect(npmCalls()).toBe(2);
});

it("starts over after an installation that was cut off", async () => {
  putNpm(`${installs}; kill -9 $$`);
  expect((await install()).code).toBe(1);
  putNpm(installs);
  expect((await install()).code).toBe(0);
  expect(npmCalls()).toBe(2);
});

it("shows npm's own words when npm fails", async () => {
  putNpm('echo "npm error EINTEGRITY" >&2; exit 1');
  const { code, stderr } = await install();
  expect(code).toBe(1);
  expect(stderr).toContain(
    "npm error EINTEGRITY\nnpm ci failed. Its reason is above; put it right and run the command again.\n",
  );
});

it("takes the user's own npm install for good, where every locked version is in place", async () => {
  putNpm("exit 1");
  mkdirSync(join(root, "node_modules", "left-pad"), { recursive: true });
  writeFileSync(join(root, "node_modules", "left-pad", "package.json"), "{}");
  writeFileSync(join(root, "node_modules", ".package-lock.json"), lock("1.0.0"));
  expect(await install()).toEqual({ code: 0, stderr: "" });
  expect(npmCalls()).toBe(0);
});

it("does not take it for good where a version differs", async () => {
  putNpm(installs);
  mkdirSync(join(root, "node_modules", "left-pad"), { recursive: true });
  writeFileSync(join(root, "node_modules", "left-pad", "package.json"), "{}");
  writeFileSync(join(root, "node_modules", ".package-lock.json"), lock("0.9.0"));
  await install();
  expect(npmCalls()).toBe(1);
});

it("installs once where several commands start at the same time", async () => {
  putNpm(`sleep 1; ${installs}`);
  const ends = await Promise.all([install(), install(), install()]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(npmCalls()).toBe(1);
  expect(ends.filter(({ stderr }) => stderr.includes("Another process installs the packages"))).toHaveLength(2);
});

it("takes no notice of the lock of a process that was killed", async () => {
  putNpm(`kill -9 $PPID; exit 1`);
  expect((await install()).code).not.toBe(0);
  putNpm(installs);
  expect((await install()).code).toBe(0);
});
