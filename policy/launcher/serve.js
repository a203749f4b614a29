"use strict";
// Runs the policy pack that the engine names, in the pack's own folder. Arguments: the engine's address, the pack's path.
//
// Pulumi's own runner loads the TypeScript compiler first, whatever the pack is written in. A pack whose `main` is
// JavaScript needs none, so it is required as it is; any other goes to Pulumi's runner.
const { readFileSync } = require("node:fs");
const path = require("node:path");

// An engine that is killed tells nobody: the pack would wait for its next question for ever.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, 1000).unref();

const [, packPath] = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const pack = path.resolve(packPath ?? ".");
const { main = "index.js" } = JSON.parse(readFileSync(path.join(pack, "package.json"), "utf8"));

if (path.extname(main) === ".js") {
  process.chdir(pack);
  require(path.join(pack, main));
} else {
  require("@pulumi/pulumi/cmd/run-policy-pack");
}
