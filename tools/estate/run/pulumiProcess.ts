import { type ChildProcess, spawn } from "node:child_process";

/** How a pulumi command ended. */
export interface Ended {
  readonly ok: boolean;
  /** What it printed, both streams as they came. */
  readonly output: string;
  /** What ended it from outside, such as SIGKILL; null where it ended by itself. */
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs the pulumi command in the current directory, in a process group of its own.
 *
 * @param started hears of the process
 */
export function runPulumi(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  started: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing = "There is no pulumi command on PATH. Install it: https://www.pulumi.com/docs/install/.";
      resolve({ ok: false, output: `error: ${error.code === "ENOENT" ? missing : error.message}`, signal: null });
    });
    child.once("close", (code: number | null, signal: NodeJS.Signals | null) => {
      resolve({ ok: code === 0, output, signal });
    });
  });
}
