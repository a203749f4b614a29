import { createRequire } from "node:module";
import { isatty } from "node:tty";
import { isColorSupported } from "picocolors";
import { EngineError } from "../../../local/engine/engineError";
import { forgetForeign } from "../../../local/environment";
import { exitCodes, UserError } from "../../../local/userError";
import { isUsageError, parseArguments } from "./commandLine";
import { jsonReport, passed, textReport } from "./report";
import type * as all from "./runAll";

/** Loads a module at the moment it is needed: the engine's SDK takes longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** Runs the command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const machine = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const out = (text: string): void => void process.stdout.write(text);
  const err = (text: string): void => void process.stderr.write(text);
  try {
    const { clients, json, cache } = parseArguments(argv, machine, { out, err });
    forgetForeign(process.env);
    const { runAll } = later("./runAll") as typeof all;
    const say = (line: string): void => {
      (json ? err : out)(`${line}\n`);
    };
    const interrupted = interruption();
    const outcome = await runAll({ clients, cache, machine, signal: interrupted, say });
    if (interrupted.aborted) return exitCodes.interrupted;
    const coloured = isatty(process.stdout.fd) && isColorSupported;
    out(json ? `${JSON.stringify(jsonReport(outcome), null, 2)}\n` : `${textReport(outcome, coloured)}\n`);
    return passed(outcome) ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    if (isUsageError(error)) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof UserError || error instanceof EngineError) {
      err(`${error.message}\n`);
      return exitCodes.failed;
    }
    throw error;
  }
}

/** Ctrl-C stops the clients; what was made for them is taken away. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      interrupted.abort();
    });
  return interrupted.signal;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
