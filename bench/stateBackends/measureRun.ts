import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Run, RunResult } from "./run";

/** Runs in a process of its own, so that no run warms another one up. */
export async function measureRun(run: Run): Promise<RunResult> {
  const worker = ["-r", "tsx/cjs", join(__dirname, "worker.ts"), JSON.stringify(run)];
  const { stdout } = await promisify(execFile)(process.execPath, worker);
  return JSON.parse(stdout) as RunResult;
}
