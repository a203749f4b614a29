import { spawn } from "node:child_process";

/** What a program printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its standard input. @default none */
  readonly input?: string;
  /** Stops it, and everything it has started. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. One that is not there ends with 127, as a shell has it. */
export function run(command: string, args: readonly string[], { cwd, env, input, signal }: Started): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
    // One that ends before it has read everything says so by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
    const stop = (): void => {
      // Its own group: pip, npm and Maven start others.
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself in this very moment.
      }
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop);
    child.once("error", (error) => {
      resolve({ code: 127, stdout: "", stderr: error.message });
    });
    child.once("close", (code) => {
      signal?.removeEventListener("abort", stop);
      resolve({ code, ...printed });
    });
  });
}

/** What a failed program said: Java and Node.js begin with the reason, and Python ends with it. */
export function reason({ stdout, stderr }: Ended): string {
  const lines = (stderr.trim() || stdout.trim()).split("\n");
  return lines.length <= 24 ? lines.join("\n") : [...lines.slice(0, 12), "…", ...lines.slice(-12)].join("\n");
}

/** The last lines of what a failed program said: where a reason stands. */
export const lastLines = ({ stdout, stderr }: Ended, count: number): string =>
  (stderr.trim() || stdout.trim()).split("\n").slice(-count).join("\n");
