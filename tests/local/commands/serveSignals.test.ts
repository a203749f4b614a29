import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

const root = join(__dirname, "..", "..", "..");
const direct = "node local/start.mjs serve --port 0";
const byNpm = "npm run --silent local -- serve --port 0";

jest.setTimeout(60_000);

let directory: string;
let script: ChildProcessByStdio<null, Readable, null>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "serve-signals-"));
});

afterEach(async () => {
  const closed = once(script.stdout, "close");
  if (!script.stdout.closed) {
    process.kill(-(script.pid ?? 0), "SIGKILL");
    await closed;
  }
  rmSync(directory, { recursive: true, force: true });
});

/** A script that starts a command in the background, tells its process ID, and ends. */
async function inBackground(command: string): Promise<number> {
  script = spawn("sh", ["-c", `${command} & echo "started as $!"`], {
    cwd: root,
    env: { ...process.env, LOCAL_AZURE_DIRECTORY: directory },
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let printed = "";
  script.stdout.setEncoding("utf8");
  script.stdout.on("data", (text: string) => {
    printed += text;
    if (/started as \d+\n/.test(printed) && printed.includes("Local Azure is ready")) script.emit("ready");
  });
  await once(script, "ready");
  return Number(/started as (\d+)/.exec(printed)?.[1]);
}

it.each([
  ["SIGINT", direct],
  ["SIGINT", byNpm],
  ["SIGTERM", byNpm],
  ["SIGHUP", byNpm],
] as const)("serve in the background of a script ends on %s: %s", async (signal, command) => {
  const started = await inBackground(command);
  const everyProcessEnded = once(script.stdout, "close");
  process.kill(started, signal);
  await everyProcessEnded;
  expect(existsSync(join(directory, "serve.json"))).toBe(false);
});
