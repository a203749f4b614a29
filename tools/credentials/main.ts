import { CommanderError } from "commander";
import { failureOf } from "../verify/failure";
import { Redactor } from "../verify/redact";
import { UsageError } from "../verify/target";
import { perform } from "./cli";
import { CommandError, type Outcome } from "./outcome";

/** Runs the command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const redactor = new Redactor();
  const hide = (secret: string | undefined): void => {
    redactor.hide(secret);
  };
  hide(process.env.AZURE_CLIENT_SECRET);
  hide(process.env.AZURE_CLIENT_CERTIFICATE_PASSWORD);
  const out = (text: string): void => void process.stdout.write(redactor.clean(text));
  const err = (text: string): void => void process.stderr.write(redactor.clean(text));
  const progress = (line: string): void => {
    err(`${line}\n`);
  };
  try {
    const performed = await perform(argv, { out, err }, { progress, hide, env: process.env });
    if (performed === undefined) return 0;
    out(printed(performed.outcome, performed.json));
    return performed.outcome.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    err(`${told(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function printed({ ok, lines, document }: Outcome, json: boolean): string {
  return json ? `${JSON.stringify({ version: 1, ok, ...document }, null, 2)}\n` : `${lines.join("\n")}\n`;
}

/** A failure in one line, and what to do on the next. */
function told(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof CommandError) return `${error.message}\n  remedy  ${error.remedy}`;
  const { code, message, status } = failureOf(error);
  return `${status === undefined ? "" : `${status} `}${code}: ${message}`;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
