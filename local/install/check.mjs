import { spawn } from "node:child_process";
import { join } from "node:path";
import { bootstrap, root } from "./bootstrap.mjs";

/** Where each check keeps what it found of files that have not changed since. */
const cache = (name) => join("node_modules", ".cache", "check", name);

const checks = {
  format: [
    "prettier/bin/prettier.cjs",
    ...["--check", "--log-level=warn", "--cache", "--cache-strategy=content", `--cache-location=${cache("prettier")}`],
    ".",
  ],
  lint: [
    "eslint/bin/eslint.js",
    ...["--max-warnings=0", "--cache", "--cache-strategy=content", `--cache-location=${cache("eslint")}`],
    ".",
  ],
  page: [
    "typescript/bin/tsc",
    ...["-p", "tools/report/page", "--noEmit", "--incremental", "--tsBuildInfoFile", cache("page")],
  ],
  site: [
    "typescript/bin/tsc",
    ...["-p", "docs/.vitepress", "--noEmit", "--incremental", "--tsBuildInfoFile", cache("site")],
  ],
  types: ["typescript/bin/tsc", ...["-p", ".", "--noEmit", "--incremental", `--tsBuildInfoFile`, cache("tsbuildinfo")]],
};

function run([script, ...args]) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("close", (code) => {
      resolve({
        passed: code === 0,
        output: chunks.join(""),
        seconds: ((performance.now() - started) / 1000).toFixed(1),
      });
    });
  });
}

await bootstrap();
const results = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => {
    const { passed, output, seconds } = await run(command);
    process.stdout.write(`${passed ? "passed" : "FAILED"}  ${name} (${seconds} s)\n${output}`);
    return passed;
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
