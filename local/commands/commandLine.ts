import { createRequire } from "node:module";
import { Command, InvalidArgumentError, Option } from "commander";
import { clockFrom } from "../azure/clock";
import { IssuerRefused, parseIssuer } from "../azure/entra/issuers/issuerSource";
import { identities, type IdentityName } from "../azure/landingZone/layout";
import { forgetForeign } from "../environment";
import { repeated } from "../../tools/cli/values";
import { Console } from "../output/console";
import { hosts, type Host } from "../managedIdentityVariables";
import { defaultPort } from "../session/defaultPort";
import { localCommand, programName, quietLocalCommand } from "../invocation";
import { projectOf } from "../project";
import { stateDirectory } from "../stateDirectory";
import type { CommandContext } from "./command";
import { chosenConditions, withConditions, type ConditionOptions } from "./conditionOptions";
import { withProviderWaits, type ProviderWaitOption } from "./providerWaits";
import type { VerifyChoice } from "./verify";

/** Loads a module at the moment it is needed. Not `import()`: Node.js answers that itself, and knows no TypeScript. */
const later = createRequire(__filename);

interface GlobalOptions extends ConditionOptions, ProviderWaitOption {
  readonly stack: string;
  readonly cwd?: string;
  readonly config?: readonly string[];
  readonly at?: Date;
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** Of the commands that judge by policies alone. */
  readonly policy?: boolean;
  readonly policies?: boolean;
}

type Run<Options> = (context: CommandContext, options: Options, words: readonly string[]) => Promise<number>;

const examples = `
Examples:
  ${localCommand()}
      deploy the stack dev to local Azure and verify it
  ${localCommand("up --cwd ../my-program --stack test")}
      deploy your own program of azuread and azure-native resources
  ${localCommand("preview --diff")}
      show every resource with its inputs
  ${localCommand("up --config 'daemons[0].displayName=Loader'")}
      try another setting, in this run only
  ${localCommand("preview --at 2027-04-05T00:00:00Z")}
      show what up would do on that day
  ${localCommand("consent --daemon report-mailer")}
      grant the permissions, as an administrator at the consent address
  ${localCommand("serve")}
      run local Azure in the foreground, for other tools
  eval "$(${quietLocalCommand("env --as consumer")})"
      point this shell's clients at local Azure

Exit code: 0 done; 1 failed, or a check failed; 2 wrong arguments or
configuration; 130 interrupted.
`;

const envExamples = `
Examples:
  eval "$(${quietLocalCommand("env --as consumer")})"
  eval "$(${quietLocalCommand("env --as id-forecast-loader")})"`;

const runExamples = `
Examples:
  ${localCommand("run -- pulumi preview --stack dev")}
  ${localCommand("run --as consumer --no-pulumi -- python daemon.py")}`;

/** The command that runs where none is named. */
const defaultCommand = "deploy";

/**
 * The whole command line.
 *
 * @param machine the environment that this process was started with
 * @param done hears the exit code
 */
export function commandLine(machine: NodeJS.ProcessEnv, done: (code: number) => void): Command {
  const program = new Command(programName)
    .description(
      `Deploys a Node.js Pulumi program to local Azure with the real Pulumi engine,\nand verifies the credentials that it delivers. Without a command: ${defaultCommand}.`,
    )
    .addOption(new Option("--stack <name>", "the stack, as in Pulumi.<name>.yaml").default("dev"))
    .option("--cwd <directory>", "the directory with Pulumi.yaml (default: this one, or the nearest above)")
    .option("--config <key=value>", "override a value of the stack's settings; repeatable", setting)
    .option("--at <moment>", "the time on local Azure, RFC 3339, that dates are judged at", moment)
    .option("--json", "one JSON document on standard output, progress on standard error")
    .option("--verbose", "more of the engine's output, and stack traces")
    .helpOption("-h, --help", "show help, also of a command")
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => title.replace("Global Options", "Options of every command"),
    })
    .showHelpAfterError(`(${programName} --help lists the commands and their options.)`)
    .addHelpText("after", examples)
    .exitOverride();
  const add = <Options extends object>(command: Command, run: Run<Options>): void => {
    command.allowExcessArguments(false).action(async () => {
      const options = command.optsWithGlobals<GlobalOptions & Options>();
      done(await run(contextOf(options, machine), options, command.args));
    });
  };
  addStackCommands(program, add);
  addAzureCommands(program, add);
  return program;
}

/**
 * The arguments with the default command in front, where they name none.
 *
 * @param program a command line of its own: looking at the arguments leaves traces in it
 */
export function withDefaultCommand(program: Command, argv: readonly string[]): string[] {
  program.configureOutput({ writeErr: () => undefined });
  try {
    const { operands, unknown } = program.parseOptions([...argv]);
    const asksForHelp = unknown.some((argument) => argument === "-h" || argument === "--help");
    return operands.length > 0 || asksForHelp ? [...argv] : [defaultCommand, ...argv];
  } catch {
    // The program itself will say what is wrong.
    return [...argv];
  }
}

type Add = <Options extends object>(command: Command, run: Run<Options>) => void;

function addStackCommands(program: Command, add: Add): void {
  add(
    deploying(judged(program.command(defaultCommand)))
      .summary("up, then the outputs, then verify")
      .description("Creates and updates the resources, prints the outputs, and verifies the credentials."),
    (context) => (later("./deploy") as typeof import("./deploy")).deploy(context),
  );
  const operations = {
    preview: ["show what up would do", "Shows what up would do, and changes nothing."],
    up: ["create and update the resources", "Creates and updates the resources of the stack."],
    refresh: [
      "read every resource, and show drift",
      "Reads the current state of every resource, and shows how it differs from what was deployed. The next up corrects it.",
    ],
    destroy: [
      "delete every resource",
      "Deletes every resource. Local Azure keeps vaults and applications soft-deleted, as Azure does; reset empties it.",
    ],
  } as const;
  for (const kind of ["preview", "up", "refresh", "destroy"] as const) {
    const [summary, description] = operations[kind];
    const command = program.command(kind).summary(summary).description(description);
    const judges = kind === "preview" || kind === "up" ? judged(command) : command;
    add<{ diff?: boolean }>(
      deploying(judges).option("--diff", "show each resource's inputs, or what differs in them"),
      (context, { diff = false }) =>
        (later("./operations") as typeof import("./operations")).runEngineOperation(context, kind, diff),
    );
  }
  add(
    deploying(program.command("import"))
      .summary("import existing resources into the stack")
      .description(
        "Imports into the stack what already exists in local Azure: each resource that up would create and that exists with the same name, or the same scope, role and principal.",
      ),
    (context) => (later("./importEstate") as typeof import("./importEstate")).importEstate(context),
  );
  add(
    deploying(program.command("recover"))
      .summary("recover secrets that were deleted from the vault")
      .description(
        "Recovers the stack's secrets that were deleted from the vault, imports those that the state no longer has, and updates the stack.",
      ),
    (context) => (later("./recover") as typeof import("./recover")).recover(context),
  );
  add<VerifyChoice>(
    withConditions(program.command("verify"))
      .summary("verify the delivered credentials")
      .description("Makes the daemons' own calls with the credentials that the deployed stack has delivered.")
      .option("--daemon <name>", "only this daemon; repeatable", repeated)
      .option("--secret <uri>", "only the credential at this address; repeatable", repeated),
    (context, choice) => (later("./verify") as typeof import("./verify")).verify(context, choice),
  );
  add(
    program
      .command("outputs")
      .summary("print the stack's outputs")
      .description("Prints the outputs of the deployed stack."),
    (context) => (later("./outputs") as typeof import("./outputs")).outputs(context),
  );
  add<{ daemon: string }>(
    program
      .command("consent")
      .summary("grant a daemon's Graph permissions")
      .description("Grants a daemon's Graph permissions, as the tenant's administrator does at its consent address.")
      .requiredOption("--daemon <name>", "the daemon, as in the configuration"),
    (context, { daemon }) => (later("./consent") as typeof import("./consent")).consent(context, daemon),
  );
}

function addAzureCommands(program: Command, add: Add): void {
  const identityNames = Object.keys(identities);
  add<{ port: number; issuer?: Readonly<Record<string, string>>; control?: number | true }>(
    withConditions(program.command("serve"))
      .summary("run local Azure in the foreground")
      .description(
        "Runs local Azure in the foreground, for other tools and for several commands at the same time. Ctrl-C ends it.",
      )
      .addOption(
        new Option("--port <number>", "port of its proxy on 127.0.0.1, 0 for a free one")
          .argParser(port)
          .default(defaultPort),
      )
      .option(
        "--issuer <issuer=keys>",
        "trust the tokens of this issuer, whose keys are in a file or at http://127.0.0.1:<port>; repeatable",
        issuer,
      )
      .option(
        "--control [port]",
        "open the control address for faults on 127.0.0.1, at a free port unless one is given",
        port,
      ),
    (context, { port: proxyPort, issuer: issuers, control }) =>
      (later("./serve") as typeof import("./serve")).serve(context, proxyPort, issuers, control === true ? 0 : control),
  );
  add<{ as?: string; on: Host }>(
    program
      .command("env")
      .summary("print the variables that point a client at local Azure")
      .description("Prints the variables that point a client at local Azure, for a POSIX shell.")
      .addHelpText("after", envExamples)
      .option(
        "--as <identity>",
        `also sign in: ${identityNames.join(", ")}, or a managed identity by name or client ID, several with commas`,
      )
      .addOption(
        new Option("--on <host>", "the kind of host, where --as names a managed identity")
          .choices(hosts)
          .default(hosts[0]),
      ),
    (context, options) => (later("./env") as typeof import("./env")).env(context, options.as, options.on),
  );
  add<{ as: IdentityName; pulumi: boolean }>(
    deploying(program.command("run"))
      .summary("run a command on local Azure")
      .description(
        "Runs a command with the variables that point it at local Azure: pulumi with its own program, a daemon, a test run, terraform. Exits with the command's exit code.",
      )
      .argument("<command...>", "the command and its arguments, after --")
      .addOption(
        new Option("--as <identity>", "the identity that the command signs in as")
          .choices(identityNames)
          .default("deployer"),
      )
      .option("--no-pulumi", "start no providers and lock no stacks: for a command that does not use Pulumi")
      .addHelpText("after", runExamples),
    (context, { as, pulumi }, words) =>
      (later("./run") as typeof import("./run")).runCommand(context, words, { as, pulumi }),
  );
  add(
    program
      .command("tool", { hidden: true })
      .description("Runs a command of daemon-access on local Azure: what its option --local does.")
      .argument("<words...>", "the command line of daemon-access, after --"),
    (context, _options, words) => (later("./tool") as typeof import("./tool")).tool(context, words),
  );
  add(
    program
      .command("reset")
      .summary("empty the state of local Azure and of Pulumi")
      .description("Empties the state of local Azure and of Pulumi. This can't be undone."),
    (context) => (later("./reset") as typeof import("./reset")).reset(context),
  );
}

/** A command that starts the providers. */
const deploying = (command: Command): Command => withProviderWaits(withConditions(command));

const judged = (command: Command): Command =>
  command
    .option("--no-policy", "run without the policies")
    .option("--policies", "list the advisories of the policies, not only their number");

function contextOf(given: GlobalOptions, machine: NodeJS.ProcessEnv): CommandContext {
  const { stack, cwd, config = [], at, json = false, verbose = false, policy = false, policies = verbose } = given;
  const project = projectOf(cwd);
  const state = stateDirectory(machine, project);
  const { PULUMI_CONFIG_PASSPHRASE: passphrase } = machine;
  forgetForeign(process.env);
  return {
    console: new Console({ json, verbose }),
    state,
    project,
    stack,
    clock: at && clockFrom(at),
    conditions: chosenConditions(given),
    providerWaits: given.providerWaits,
    config: at === undefined ? config : [`asOf=${at.toISOString()}`, ...config],
    policy,
    listPolicies: policies,
    machine,
    passphrase: passphrase === "" ? undefined : passphrase,
  };
}

function setting(value: string, before: readonly string[] = []): string[] {
  if (!/^[^=]+=/.test(value)) {
    throw new InvalidArgumentError("Give key=value, for example lake.sku=Standard_LRS.");
  }
  return [...before, value];
}

function moment(text: string): Date {
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) ||
    Number.isNaN(Date.parse(text))
  ) {
    throw new InvalidArgumentError("Give a date and time with its zone, for example 2027-04-05T00:00:00Z.");
  }
  return new Date(text);
}

function issuer(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  try {
    const [name, keys] = parseIssuer(text);
    return { ...before, [name]: keys };
  } catch (error) {
    throw new InvalidArgumentError(error instanceof IssuerRefused ? error.message : String(error));
  }
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError("Give a port number from 0 to 65535.");
  }
  return value;
}
