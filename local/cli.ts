import { createRequire } from "node:module";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "./commands/command";
import { EngineError } from "./engine/engineError";
import { forgetForeign } from "./environment";
import { Console } from "./output/console";
import { projectRoot, stateDirectory } from "./stateDirectory";
import { exitCodes, UserError, type ExitCode } from "./userError";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

interface GlobalOptions {
  readonly stack: string;
  readonly config: readonly string[];
  readonly json: boolean;
  readonly verbose: boolean;
  /** Of the commands that judge by policies alone. */
  readonly policy?: boolean;
  readonly policies?: boolean;
}

type Run<Options> = (context: CommandContext, options: Options) => Promise<ExitCode>;

const examples = `
Examples:
  npm run local                                         deploy the dev stack onto local Azure and verify it
  npm run local -- preview --diff                       every resource with its inputs
  npm run local -- up --config lake.sku=Standard_LRS    try another configuration
  npm run local -- consent --daemon report-mailer       what an administrator does at the consent address
  npm run local -- serve                                local Azure for other tools, in the foreground
  eval "$(npm run -s local -- env --as consumer)"       put this shell's clients on it

Exit code: 0 done; 1 failed, or a check failed; 2 wrong arguments or configuration; 130 interrupted.
`;

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

async function exitCodeFor(argv: readonly string[], machine: NodeJS.ProcessEnv): Promise<ExitCode> {
  const verbose = argv.includes("--verbose");
  try {
    let code: ExitCode = exitCodes.ok;
    const done = (result: ExitCode): void => {
      code = result;
    };
    await commandLine(machine, done).parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
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

function commandLine(machine: NodeJS.ProcessEnv, done: (code: ExitCode) => void): Command {
  const program = new Command("local")
    .usage("[command] [options], as npm run local -- …")
    .description("Deploys the stack with the real Pulumi engine onto local Azure, and proves that it works.")
    .addOption(new Option("--stack <name>", "the stack, as in Pulumi.<name>.yaml").default("dev"))
    .option("--config <key=value>", "stands in for a value of the stack's configuration; repeatable", setting, [])
    .option("--json", "one JSON document on standard output, progress on standard error", false)
    .option("--verbose", "more of the engine's own words, and stack traces", false)
    .addHelpText("after", examples)
    .exitOverride();

  const add = <Options extends object>(command: Command, run: Run<Options>): void => {
    command.allowExcessArguments(false).action(async () => {
      const options = command.optsWithGlobals<GlobalOptions & Options>();
      done(await run(contextOf(options, machine), options));
    });
  };

  const judged = (command: Command): Command =>
    command
      .option("--no-policy", "leave the policies out")
      .option("--policies", "list what the policies advise, not only how much", false);

  add(
    judged(
      program.command("deploy", { isDefault: true }).description("up, then the outputs, then verify (the default)"),
    ),
    (context) => (later("./commands/deploy") as typeof import("./commands/deploy")).deploy(context),
  );
  const descriptions = {
    preview: "what up would do",
    up: "create and update what the configuration says",
    refresh: "read the present state of every resource, and show the drift",
    destroy: "delete every resource",
  } as const;
  for (const kind of ["preview", "up", "refresh", "destroy"] as const) {
    const command = program
      .command(kind)
      .description(descriptions[kind])
      .option("--diff", "show inputs and differences");
    add<{ diff?: boolean }>(
      kind === "preview" || kind === "up" ? judged(command) : command,
      (context, { diff = false }) =>
        (later("./commands/operations") as typeof import("./commands/operations")).runEngineOperation(
          context,
          kind,
          diff,
        ),
    );
  }
  add(program.command("verify").description("make the daemons' own calls with the delivered credentials"), (context) =>
    (later("./commands/verify") as typeof import("./commands/verify")).verify(context),
  );
  add(program.command("outputs").description("print the stack's outputs"), (context) =>
    (later("./commands/outputs") as typeof import("./commands/outputs")).outputs(context),
  );
  add<{ daemon: string }>(
    program
      .command("consent")
      .description("grant a daemon's Graph permissions as the tenant's administrator")
      .requiredOption("--daemon <name>", "the daemon, as in the configuration"),
    (context, { daemon }) =>
      (later("./commands/consent") as typeof import("./commands/consent")).consent(context, daemon),
  );
  add<{ port?: number }>(
    program
      .command("serve")
      .description("run local Azure in the foreground for other tools")
      .option("--port <number>", "port of its proxy on 127.0.0.1 (default: 43210)", port),
    (context, options) => (later("./commands/serve") as typeof import("./commands/serve")).serve(context, options.port),
  );
  add<{ as?: string }>(
    program
      .command("env")
      .description("print the variables that put a client on local Azure, for a POSIX shell")
      .option("--as <identity>", "also sign in as deployer, consumer, stranger or administrator"),
    (context, options) => (later("./commands/env") as typeof import("./commands/env")).env(context, options.as),
  );
  add(program.command("reset").description("empty the state of local Azure and of Pulumi"), (context) =>
    (later("./commands/reset") as typeof import("./commands/reset")).reset(context),
  );
  return program;
}

function contextOf(options: GlobalOptions, machine: NodeJS.ProcessEnv): CommandContext {
  const state = stateDirectory(machine);
  const { PULUMI_CONFIG_PASSPHRASE: passphrase } = machine;
  forgetForeign(process.env);
  return {
    console: new Console({ json: options.json, verbose: options.verbose }),
    state,
    project: projectRoot,
    stack: options.stack,
    config: options.config,
    policy: options.policy ?? false,
    listPolicies: options.policies === true || options.verbose,
    machine,
    passphrase: passphrase === "" ? undefined : passphrase,
  };
}

function setting(value: string, before: readonly string[]): string[] {
  if (!/^[^=]+=/.test(value)) {
    throw new InvalidArgumentError("Give key=value, for example lake.sku=Standard_LRS.");
  }
  return [...before, value];
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError("Give a port number from 0 to 65535.");
  }
  return value;
}
