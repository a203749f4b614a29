import { spawn } from "node:child_process";

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** After this long the process is killed, and the run counts as failed. */
  readonly timeoutMs: number;
}

export interface RunResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed, in one line; empty where it did not. */
  readonly reason: string;
}

/** Runs a program to its end. Never throws: a program that can't be started is a failed run. */
export async function run({ command, args, env, cwd, timeoutMs }: Run): Promise<RunResult> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const finish = (reason: string): void => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out).toString("utf8");
      const stderr = Buffer.concat(err).toString("utf8");
      resolve({ ok: reason === "", stdout, stderr, reason });
    };
    child.on("error", (error) => {
      finish(`it could not be started: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      if (timedOut) {
        finish(`it did not end within ${Math.round(timeoutMs / 1000)} s`);
      } else {
        finish(code === 0 ? "" : failure(code, signal, Buffer.concat(err).toString("utf8")));
      }
    });
  });
}

function failure(code: number | null, signal: NodeJS.Signals | null, stderr: string): string {
  const words = stderr.trim().split("\n").slice(-3).join(" / ");
  return `it ended with ${signal ?? `exit code ${code ?? "unknown"}`}${words === "" ? "" : `: ${words}`}`;
}
