import { spawn } from "node:child_process";
import { join } from "node:path";
import { bootstrap, loadTypeScript, root } from "../local/install/bootstrap.mjs";

/** More memory for young objects: a program of Pulumi makes promises by the ten thousand. Jest gives it to its workers. */
const nodeOptions = ["--max-semi-space-size=64"];
/** An engine of a test ends within seconds: it collects less garbage. */
const engineMemory = { GOGC: "400" };

/**
 * Installs what the tests need, and runs them.
 *
 * @param {readonly string[]} args arguments of Jest
 * @param {Readonly<Record<string, string>>} variables added to the environment
 */
export async function runJest(args, variables = {}) {
  await bootstrap();
  const { ensureEngine } = loadTypeScript("local/engine/ensureEngine.ts");
  await ensureEngine();
  const jest = spawn(process.execPath, [...nodeOptions, join(root, "node_modules/jest/bin/jest.js"), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...engineMemory, ...process.env, ...variables },
  });
  // Jest hears the terminal's Ctrl-C too, and ends by itself.
  process.on("SIGINT", () => undefined);
  jest.on("close", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 130;
  });
}
