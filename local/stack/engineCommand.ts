import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { parse, type SemVer } from "semver";
import type { Engine } from "../engine/engineSearch";
import type { WatchedProgram } from "./watchedProgram";

/** What an engine process wrote. */
export interface EngineOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 where a signal ended it. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

/** An engine process ended with another exit code than 0, or by a signal. */
export class EngineFailure extends Error {
  /**
   * What ended the engine, where a signal did; else what the program says, where it failed; else what the engine says: the
   * line that begins with "error:", or its last words.
   */
  readonly reason: string;

  constructor(
    args: readonly string[],
    readonly output: EngineOutput,
    program: readonly string[] = [],
  ) {
    const { stdout, stderr, signal } = output;
    const reason =
      signal !== null
        ? `the engine was ended by ${signal} before it was done. Run the same command again: it goes on from here.`
        : program.length > 0
          ? program.join("\n")
          : reasonIn(`${stdout}\n${stderr}`.trim());
    super(`\`pulumi ${args[0] ?? ""}\` failed: ${reason}`);
    this.name = "EngineFailure";
    this.reason = reason;
  }
}

function reasonIn(text: string): string {
  const mark = text.indexOf("error: ");
  return mark === -1 ? (text.split("\n").pop() ?? "it gave no reason") : text.slice(mark + "error: ".length).trim();
}

/**
 * Runs the engine for the Automation API, in place of its own command class, for three reasons: the engine gets exactly
 * the environment given here and nothing of the user's; it stands in a process group of its own, so that the terminal's
 * Ctrl-C reaches this process alone, which then stops the engine in order; and a program that has failed ends it.
 */
export class EngineCommand {
  readonly command: string;
  readonly version: SemVer | null;
  private readonly running = new Set<ChildProcess>();

  constructor(
    engine: Engine,
    private readonly env: Readonly<Record<string, string>>,
    private readonly program: Pick<WatchedProgram, "begin" | "messages">,
  ) {
    this.command = engine.command;
    this.version = parse(engine.version);
  }

  async run(
    args: string[],
    cwd: string,
    additionalEnv: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<EngineOutput> {
    const env = { ...this.env, ...additionalEnv, PULUMI_AUTOMATION_API: "true" };
    // The language hosts that come with an engine lie beside it.
    const path = [dirname(this.command), this.env["PATH"] ?? ""].join(delimiter);
    const child = spawn(this.command, [...args, "--non-interactive"], {
      cwd,
      env: { ...env, PATH: path },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    // A second one would end the engine at once, whatever it has in flight.
    let stopped = false;
    const stop = (): void => {
      if (!stopped) child.kill("SIGINT");
      stopped = true;
      program.stopping();
    };
    // One that waits for a provider's first answer heeds no signal that asks. Nothing is in work then.
    const end = (): void => {
      killGroup(child);
    };
    const program = this.program.begin(stop, end);
    signal?.addEventListener("abort", stop);
    try {
      const output = await finished(child, onOutput, onError);
      if (output.code !== 0) {
        throw new EngineFailure(args, output, this.program.messages);
      }
      return output;
    } finally {
      program.ended();
      signal?.removeEventListener("abort", stop);
      this.running.delete(child);
    }
  }

  /** Ends every running engine process, and what it has started, at once. */
  kill(): void {
    for (const child of this.running) killGroup(child);
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGKILL");
}

function finished(
  child: ChildProcess,
  onOutput: ((text: string) => void) | undefined,
  onError: ((text: string) => void) | undefined,
): Promise<EngineOutput> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      onOutput?.(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onError?.(text);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ stdout, stderr, code: code ?? -1, signal });
    });
  });
}
