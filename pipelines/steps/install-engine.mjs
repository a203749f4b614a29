// The engine of the SDK's own version, so that engine and SDK never part; its archive is checked before it is unpacked.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("tsx/cjs/api").register();
const { run } = require("../../local/engine/run.ts");
const { archiveOf, publishedArchives, publishedChecksums, unpackArchive } = require("../../local/engine/archive.ts");
const { version } = require("@pulumi/pulumi/package.json");

const [root] = process.argv.slice(2);
const command = join(root, "bin", "pulumi");
const failure = (await isInstalled()) ? undefined : await install();
if (failure !== undefined) {
  console.error(`The Pulumi engine ${version} could not be installed: ${failure}.`);
  process.exit(1);
}
console.log(`Pulumi ${version} is at ${command}.`);

async function isInstalled() {
  const { stdout } = await run({ command, args: ["version"], env: process.env, timeoutMs: 20_000 });
  return stdout.trim() === `v${version}`;
}

async function install() {
  const archive = archiveOf(version, publishedArchives, publishedChecksums);
  mkdirSync(join(root, "bin"), { recursive: true });
  return typeof archive === "string" ? archive : await unpackArchive(archive, root, process.env);
}
