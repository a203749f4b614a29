import { delimiter, dirname } from "node:path";
import { parse, type SemVer } from "semver";
import { type EngineOutput, EngineProcess } from "../../tools/engine/engineProcess";
import { reasonIn } from "../../tools/engine/reason";
import type { Engine } from "../engine/engineSearch";
import type { WatchedProgram } from "./watchedProgram";

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
    const { signal } = output;
    const reason =
      signal !== null
        ? `the engine was ended by ${signal} before it was finished. Run the same command again: it continues from there.`
        : program.length > 0
          ? program.join("\n")
          : reasonIn(output);
    super(`\`pulumi ${args[0] ?? ""}\` failed: ${reason}`);
    this.name = "EngineFailure";
    this.reason = reason;
  }
}

/**
 * Runs the engine for the Automation API, in place of its own command class, for three reasons: the engine gets exactly
 * the environment given here and nothing of the user's; it stands in a process group of its own, so that the terminal's
 * Ctrl-C reaches this process alone, which then stops the engine in order; and a program that has failed ends it.
 */
export class EngineCommand {
  readonly command: string;
  readonly version: SemVer | null;
  private readonly running = new Set<EngineProcess>();

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
    const engine = new EngineProcess(this.command, args, { cwd, env: { ...env, PATH: path }, onOutput, onError });
    this.running.add(engine);
    const stop = (): void => {
      engine.stop();
      program.stopping();
    };
    const program = this.program.begin(stop, () => {
      engine.kill();
    });
    signal?.addEventListener("abort", stop);
    let failed = true;
    try {
      const output = await engine.ended;
      failed = output.code !== 0;
      if (failed) {
        throw new EngineFailure(args, output, this.program.messages);
      }
      return output;
    } finally {
      program.ended({ failed });
      signal?.removeEventListener("abort", stop);
      this.running.delete(engine);
    }
  }

  /** Ends every running engine process, and what it has started, at once. */
  kill(): void {
    for (const engine of this.running) engine.kill();
  }
}
