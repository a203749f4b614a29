import { CommanderError } from "commander";
import { commandLine, withDefaultCommand } from "./commands/commandLine";
import { EngineError } from "./engine/engineError";
import { fileFailure } from "./fileFailure";
import { exitCodes, UserError } from "./userError";

/** Runs the command line and sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  const machine = { ...process.env };
  outliveReaders();
  process.exitCode = await exitCodeFor(argv, machine);
}

/** Whoever reads the output may stop, as `head` does; the work goes on. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") {
        throw error;
      }
    });
  }
}

async function exitCodeFor(argv: readonly string[], machine: NodeJS.ProcessEnv): Promise<number> {
  const verbose = argv.includes("--verbose");
  try {
    let code: number = exitCodes.ok;
    const done = (result: number): void => {
      code = result;
    };
    const named = withDefaultCommand(commandLine(machine, done), argv);
    await commandLine(machine, done).parseAsync(named, { from: "user" });
    return code;
  } catch (caught) {
    if (caught instanceof CommanderError) {
      return caught.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    const error = fileFailure(caught) ?? caught;
    process.stderr.write(`${told(error, verbose)}\n`);
    if (argv.includes("--json")) {
      process.stdout.write(`${JSON.stringify(failureDocument(error), null, 2)}\n`);
    }
    return error instanceof UserError ? error.exitCode : exitCodes.failed;
  }
}

/** The one JSON document of a command that was refused or failed. */
function failureDocument(error: unknown): Record<string, unknown> {
  const problems = error instanceof Error && "problems" in error ? { problems: error.problems } : {};
  return { ok: false, error: told(error, false), ...problems };
}

function told(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const expected = error instanceof UserError || error instanceof EngineError;
  return verbose
    ? (error.stack ?? error.message)
    : expected
      ? error.message
      : `${error.message} (--verbose shows where)`;
}
