import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { markdownTable, median, milliseconds } from "../report/table";

const runs = 5;
const root = join(__dirname, "..", "..");

/** The steps of a run, each with the line of output that ends it. */
const steps = [
  { name: "npm, Node.js, engine found, local Azure and providers started", ends: /^Deploying stack/ },
  { name: "up, no change", ends: /^up took/ },
  { name: "outputs", ends: /^Verifying/ },
  { name: "verify", ends: undefined },
] as const;

/** The second `npm run local`, step by step, beside the least that each process start costs. */
export async function secondRunTable(progress: (line: string) => void): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "bench-second-"));
  try {
    progress("deploying the dev stack once");
    await timedRun(directory);
    const timed: number[][] = [];
    for (let run = 0; run < runs; run += 1) {
      timed.push(await timedRun(directory));
    }
    const rows = steps.map(({ name }, index) => [name, milliseconds(median(timed.map((times) => times[index] ?? 0)))]);
    const total = median(timed.map((times) => times.reduce((sum, time) => sum + time, 0)));
    return markdownTable(
      [`second npm run local, median of ${runs}`, "time"],
      [
        ...rows,
        ["all of it", milliseconds(total)],
        ["floor: npm starting a Node.js that does nothing", milliseconds(npmFloor())],
      ],
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Milliseconds of each step. */
function timedRun(directory: string): Promise<number[]> {
  const started = performance.now();
  const child = spawn("npm", ["run", "-s", "local"], {
    cwd: root,
    env: { ...process.env, LOCAL_AZURE_DIRECTORY: directory, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended: number[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (steps[ended.length]?.ends?.test(line) === true) {
      ended.push(performance.now() - started);
    }
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      ended.push(performance.now() - started);
      if (code === 0 && ended.length === steps.length) {
        resolve(ended.map((end, index) => end - (ended[index - 1] ?? 0)));
      } else {
        reject(
          new Error(`npm run local ended with ${code ?? "a signal"} after ${ended.length} of ${steps.length} steps`),
        );
      }
    });
  });
}

function npmFloor(): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    spawnSync("npm", ["exec", "-s", "--", "node", "-e", ""], { cwd: root });
    return performance.now() - started;
  });
  return median(times);
}
