import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isatty } from "node:tty";
import { Command, CommanderError, Help, type Option } from "commander";
import { isColorSupported } from "picocolors";
import type { PreviewSource } from "../review/preview/source";
import { Redactor } from "../secrets/redactor";
import { exitCodes } from "./exitCodes";
import { inWords, UsageError } from "./failure";
import type { LocalCloud } from "./localCloud";
import type { Act, Outcome, SharedOptions, Shell } from "./outcome";

/** Where the command line's words go. */
export interface Print {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** What the command line runs in. */
export interface Surroundings {
  readonly print: Print;
  readonly env: NodeJS.ProcessEnv;
  readonly localCloud: LocalCloud;
  /** What review previews with. @default production */
  readonly preview?: PreviewSource;
}

/** Gives the action that commander calls for a command's work. */
export type Performs = <Options>(act: Act<Options>) => (options: Options & SharedOptions) => Promise<void>;

/** Adds a command, with whatever is below it. */
export type AddCommand = (program: Command, performs: Performs) => void;

/** Variables that hold a secret of whoever runs the command. */
const secretVariables = ["AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_SECRET"];

/**
 * Runs a command line and gives its exit code. This is the one place where output is redacted and errors become words.
 *
 * @param assemble adds the commands to the program
 */
export async function runCommandLine(
  argv: readonly string[],
  { print, env, localCloud, preview }: Surroundings,
  assemble: (performs: Performs) => Command,
): Promise<number> {
  const redactor = new Redactor();
  for (const name of secretVariables) redactor.hide(env[name]);
  const out = (text: string): void => {
    print.out(redactor.clean(text));
  };
  const err = (text: string): void => {
    print.err(redactor.clean(text));
  };
  let code: number = exitCodes.ok;
  const performs: Performs = (act) => async (options) => {
    if (options.local === true) {
      code = await localCloud.run(argv, resolve(options.cwd ?? "."));
      return;
    }
    if (options.cwd !== undefined) enter(options.cwd);
    const outcome = await act(options, shellOf({ redactor, env, preview }, err));
    out(printed(outcome, options.json === true));
    code = outcome.exitCode ?? (outcome.ok ? exitCodes.ok : exitCodes.failed);
  };
  const program = assemble(performs);
  configure(program, { out, err });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const told = inWords(error, argv.includes("--verbose"));
    err(`${told}\n`);
    if (argv.includes("--json")) out(`${JSON.stringify({ version: 1, ok: false, error: told }, null, 2)}\n`);
    return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
  }
}

/** Every command and subcommand tells its errors and its help in the same way. */
function configure(command: Command, { out, err }: Print): void {
  command
    .configureOutput({ writeOut: out, writeErr: err })
    .configureHelp({ optionDescription })
    .exitOverride()
    .showHelpAfterError(`(${pathOf(command)} --help lists them.)`);
  for (const child of command.commands) configure(child, { out, err });
}

const standardHelp = new Help();

/** As usual, but for defaults that say nothing: false, and an empty list. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option as { readonly defaultValue: unknown; readonly description: string };
  const saysNothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return saysNothing ? description : standardHelp.optionDescription(option);
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

function enter(directory: string): void {
  const path = resolve(directory);
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new UsageError(`--cwd: there is no directory ${path}.`);
  }
  process.chdir(path);
}

function shellOf(given: Pick<Shell, "redactor" | "env" | "preview">, err: (text: string) => void): Shell {
  const terminal = isatty(process.stdout.fd);
  return {
    ...given,
    colors: terminal && isColorSupported,
    width: terminal ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY,
    progress: (line) => {
      err(`${line}\n`);
    },
  };
}

const printed = ({ ok, lines, document }: Outcome, json: boolean): string =>
  json ? `${JSON.stringify({ version: 1, ok, ...document }, null, 2)}\n` : `${lines.join("\n").trimEnd()}\n`;
