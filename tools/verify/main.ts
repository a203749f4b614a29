import { createRequire } from "node:module";
import { CommanderError } from "commander";
import { isatty } from "node:tty";
import { isColorSupported } from "picocolors";
import { isUsageError, parseArguments } from "./cli";
import { Patience } from "./patience";
import { Redactor } from "./redact";
import { jsonReport, textReport } from "./report";
import type * as run from "./run";

/** Loads a module at the moment it is needed: the SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

/** Runs the command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const redactor = new Redactor();
  redactor.hide(process.env.AZURE_CLIENT_SECRET);
  redactor.hide(process.env.AZURE_CLIENT_CERTIFICATE_PASSWORD);
  const out = (text: string): void => void process.stdout.write(redactor.clean(text));
  const err = (text: string): void => void process.stderr.write(redactor.clean(text));
  try {
    const { target, json, waitSeconds, callSeconds } = parseArguments(argv, { out, err });
    const chosen = await target();
    const { verify } = later("./run") as typeof run;
    const patience = new Patience({ seconds: waitSeconds, callSeconds, progress: (line) => err(`${line}\n`) });
    const rows = await verify(chosen, { patience, redactor });
    out(
      json
        ? `${JSON.stringify(jsonReport(chosen.vaultUrl, rows), null, 2)}\n`
        : `${textReport(chosen.vaultUrl, rows, isatty(process.stdout.fd) && isColorSupported)}\n`,
    );
    return rows.some(({ result }) => result === "failed") ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    if (isUsageError(error)) {
      err(`${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
