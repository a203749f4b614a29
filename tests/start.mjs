import { spawn } from "node:child_process";
import { join } from "node:path";
import { bootstrap, loadTypeScript, root } from "../local/install/bootstrap.mjs";

await bootstrap();
const { ensureEngine } = loadTypeScript("local/engine/ensureEngine.ts");
await ensureEngine();
const jest = spawn(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
// Jest hears the terminal's Ctrl-C too, and ends by itself.
process.on("SIGINT", () => undefined);
jest.on("close", (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 130;
});
