// Makes the fixture of the upgrade test: the state that a release's own code leaves after it has deployed Pulumi.upgrade.yaml.
//
//   node tests/upgrade/make.mjs COMMIT VERSION

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const settings = "Pulumi.upgrade.yaml";
/** Protects nothing but the secrets of a landing zone that is thrown away. */
const passphrase = "of the upgrade test";
const kept = [
  "store",
  "state.key",
  "pulumi/state/.pulumi/meta.yaml",
  "pulumi/state/.pulumi/stacks/azure-daemon-access/upgrade.json",
];

const [commit, version] = process.argv.slice(2);
if (commit === undefined || version === undefined) {
  process.stderr.write("Say which: node tests/upgrade/make.mjs COMMIT VERSION\n");
  process.exit(2);
}

const run = (cwd, command, args, env = {}) =>
  execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", 2, 2] });
const textOf = (...args) => execFileSync("git", args, { cwd: here, encoding: "utf8" }).trim();

const place = mkdtempSync(join(tmpdir(), "last-release-"));
const checkout = join(place, "checkout");
const state = join(place, "state");
const fixture = join(here, "fixture");
try {
  run(here, "git", ["worktree", "add", "--detach", checkout, commit]);
  run(checkout, "npm", ["ci", "--no-audit", "--no-fund"]);
  cpSync(join(here, settings), join(checkout, settings));
  // The day of the release, at noon: what is rotated by then does not depend on when the fixture is made.
  const day = textOf("show", "--no-patch", "--format=%cs", commit);
  const deployedAt = `${day}T12:00:00Z`;
  run(checkout, process.execPath, ["local/start.mjs", "--stack", "upgrade", "--at", deployedAt], {
    LOCAL_AZURE_DIRECTORY: state,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  });
  rmSync(fixture, { recursive: true, force: true });
  for (const path of kept) {
    mkdirSync(dirname(join(fixture, "state", path)), { recursive: true });
    cpSync(join(state, path), join(fixture, "state", path), { recursive: true });
  }
  for (const name of ["LOG", "LOCK"]) rmSync(join(fixture, "state/store", name));
  const release = { version, commit: textOf("rev-parse", commit), deployedAt, passphrase };
  writeFileSync(join(fixture, "release.json"), `${JSON.stringify(release, null, 2)}\n`);
} finally {
  execFileSync("git", ["worktree", "remove", "--force", checkout], { cwd: here, stdio: "ignore" });
  rmSync(place, { recursive: true, force: true });
}
