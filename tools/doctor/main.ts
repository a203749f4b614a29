import { createRequire } from "node:module";
import { dirname } from "node:path";
import { CommanderError } from "commander";
import { parseArguments } from "./commandLine";
import type * as running from "./run";
import { UsageError } from "./usageError";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** Runs the command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const out = (text: string): void => void process.stdout.write(text);
  const err = (text: string): void => void process.stderr.write(text);
  try {
    const asked = parseArguments(argv, { out, err });
    const { run } = later("./run") as typeof running;
    return await run(asked, dirname(dirname(__dirname)), { out, err }, process.env);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    err(`${error.message}\n`);
    return 2;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
