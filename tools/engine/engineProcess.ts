import { spawn, type ChildProcess } from "node:child_process";
import { killFamily } from "./processFamily";

/** What an engine process wrote. */
export interface EngineOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 where a signal ended it. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

export interface EngineStart {
  readonly env: NodeJS.ProcessEnv;
  /** @default this process's */
  readonly cwd?: string;
  /** A document on standard input. @default none */
  readonly input?: string;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly onError?: ((text: string) => void) | undefined;
}

/**
 * A pulumi command at work, in a process group of its own: a terminal's Ctrl-C reaches only whoever started it, who then stops
 * it in order.
 */
export class EngineProcess {
  /** @throws NodeJS.ErrnoException where it could not be started: ENOENT where there is no such command */
  readonly ended: Promise<EngineOutput>;
  private readonly child: ChildProcess;
  private isStopped = false;
  private timer: NodeJS.Timeout | undefined;
  private killedAt = Number.POSITIVE_INFINITY;

  constructor(command: string, args: readonly string[], { env, cwd, input, onOutput, onError }: EngineStart) {
    this.child = spawn(command, [...args, ...(args.includes(nonInteractive) ? [] : [nonInteractive])], {
      env,
      ...(cwd !== undefined && { cwd }),
      detached: true,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    // One that ends before it has read all says why by itself.
    this.child.stdin?.on("error", () => undefined).end(input);
    this.ended = finished(this.child, onOutput, onError).finally(() => {
      clearTimeout(this.timer);
    });
  }

  /** Tells it to finish what is in flight. Said once: a second time would end it at once, whatever it has in flight. */
  stop(): void {
    if (!this.isStopped) this.child.kill("SIGINT");
    this.isStopped = true;
  }

  /**
   * Tells it to stop, and kills it where it does not: one that waits for a provider's first answer heeds no signal that asks.
   *
   * @param patience how long it may take to stop, in milliseconds
   */
  giveUp(patience: number): void {
    this.stop();
    this.killAfter(patience);
  }

  /** Tells it again, whereupon it leaves what it has in flight; and kills it where it does not. */
  interrupt(patience: number): void {
    this.isStopped = true;
    this.child.kill("SIGINT");
    this.killAfter(patience);
  }

  /** Ends it, and what it has started, at once. */
  kill(): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) killFamily(pid);
  }

  /** The earliest end that was asked for counts. */
  private killAfter(patience: number): void {
    const at = performance.now() + patience;
    if (at >= this.killedAt) return;
    this.killedAt = at;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.kill();
    }, patience);
  }
}

/** What makes pulumi fail where it would ask. */
const nonInteractive = "--non-interactive";

function finished(
  child: ChildProcess,
  onOutput: EngineStart["onOutput"],
  onError: EngineStart["onError"],
): Promise<EngineOutput> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      onOutput?.(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onError?.(text);
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({ stdout, stderr, code: code ?? -1, signal });
    });
  });
}
