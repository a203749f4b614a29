import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockInstallation } from "./installLock.mjs";

/**
 * Installs the packages of package-lock.json where they are missing or differ.
 *
 * A marker inside node_modules holds the hash of the lock file that was installed. `npm ci` removes node_modules first,
 * and the marker is written last, so an interrupted installation leaves none and is redone.
 *
 * @param {string} root the project's root directory
 */
export async function installPackages(root) {
  const lockFile = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lockFile).digest("hex");
  const marker = join(root, "node_modules", ".installed");
  if (readIfThere(marker) === hash) {
    return;
  }
  const unlock = await lockInstallation(root, () => {
    process.stderr.write("Another process installs the packages: waiting for it …\n");
  });
  try {
    if (readIfThere(marker) !== hash) {
      if (!installedByHand(root, JSON.parse(lockFile.toString("utf8")))) {
        await npmCi(root);
      }
      writeFileSync(marker, hash);
    }
  } finally {
    unlock();
  }
}

/**
 * True where the user's own `npm install` or `npm ci` has already put every locked version in place: npm writes its
 * hidden lock file when it is done.
 */
function installedByHand(root, lock) {
  const hidden = readIfThere(join(root, "node_modules", ".package-lock.json"));
  if (hidden === undefined) {
    return false;
  }
  const installed = JSON.parse(hidden).packages;
  return Object.entries(lock.packages).every(([path, { version, optional, link }]) => {
    const required = path.includes("node_modules/") && optional !== true && link !== true;
    return !required || (installed[path]?.version === version && existsSync(join(root, path, "package.json")));
  });
}

async function npmCi(root) {
  const started = performance.now();
  process.stderr.write("Installing packages (npm ci) …\n");
  // npm names itself in npm_execpath when it starts a script; that one is known to work.
  const npm = process.env["npm_execpath"];
  const isScript = npm !== undefined && /\.[cm]?js$/.test(npm);
  const command = isScript ? process.execPath : "npm";
  const args = [...(isScript ? [npm] : []), "ci", "--include=dev", "--loglevel=error"];
  const { code, signal, output } = await run(command, args, root);
  if (signal === "SIGINT" || code === 130) {
    process.stderr.write("Interrupted. Run the same command again: the installation starts over.\n");
    process.exit(130);
  }
  if (code !== 0) {
    const reason = output.trim().split("\n").slice(0, 20).join("\n");
    process.stderr.write(`${reason}\nnpm ci failed. Its reason is above; put it right and run the command again.\n`);
    process.exit(1);
  }
  process.stderr.write(`Installed packages in ${Math.round((performance.now() - started) / 1000)} s\n`);
}

function run(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    // npm hears the terminal's Ctrl-C too; waiting for it here keeps its last words.
    const ignore = () => undefined;
    process.on("SIGINT", ignore);
    const done = (code, signal, output) => {
      process.off("SIGINT", ignore);
      resolve({ code, signal, output });
    };
    child.on("error", (error) => done(1, null, `${command} could not be started: ${error.message}`));
    child.on("close", (code, signal) => done(code, signal, chunks.join("")));
  });
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
