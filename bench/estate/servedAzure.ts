import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const entry = join(__dirname, "..", "..", "local", "start.mjs");
const readyWithinMs = 60_000;
/** Longer than the request log keeps its lines back. */
const logDelayMs = 200;

/**
 * `local-azure serve` on a state directory, and the commands that run on it. Each is in a process group of its own, so that a
 * terminal's Ctrl-C reaches the benchmark alone, which ends them in order.
 */
export class ServedAzure {
  private constructor(
    private readonly server: ChildProcess,
    private readonly directory: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param temporary directory for the commands' temporary files */
  static async start(directory: string, temporary: string): Promise<ServedAzure> {
    const env = { ...process.env, LOCAL_AZURE_DIRECTORY: directory, TMPDIR: temporary, NO_COLOR: "1" };
    const server = spawn(process.execPath, [entry, "serve", "--port", "0", "--json"], {
      // So that it ends when this process does, however that ends.
      env: { ...env, npm_lifecycle_event: "local" },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    try {
      await once(server.stdout, "data", { signal: AbortSignal.timeout(readyWithinMs) });
    } catch (error) {
      server.kill();
      throw error;
    }
    return new ServedAzure(server, directory, env);
  }

  get pid(): number {
    const { pid } = this.server;
    if (pid === undefined) throw new Error("local-azure serve was not started");
    return pid;
  }

  /** Directory of the engine's file backend. */
  get backend(): string {
    return join(this.directory, "pulumi", "state");
  }

  /** How many requests local Azure has answered. */
  async requests(): Promise<number> {
    await wait(logDelayMs);
    return readFileSync(join(this.directory, "requests.log"), "utf8").split("\n").length - 1;
  }

  /** Starts a command of daemon-access, as its option --local does. */
  daemonAccess(cwd: string, args: readonly string[]): ChildProcess {
    const argv = [entry, "tool", "--cwd", cwd, "--", ...args];
    return spawn(process.execPath, argv, { cwd, env: this.env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const closed = once(this.server, "close");
    this.server.kill("SIGTERM");
    await closed;
  }
}
