import { Command, CommanderError, InvalidArgumentError } from "commander";
import { secretsTarget, UsageError, vaultTarget, type Target } from "./target";
import { stackTarget } from "./stackTarget";

/** What one run is asked to do. */
export interface Arguments {
  readonly target: () => Target | Promise<Target>;
  readonly json: boolean;
  readonly callSeconds: number;
  readonly waitSeconds: number;
}

interface Options {
  readonly vault?: string;
  readonly stack?: string;
  readonly daemon?: readonly string[];
  readonly secret?: readonly string[];
  readonly json: boolean;
  readonly timeout: number;
  readonly wait: number;
}

const examples = `
The identity that reads the vault is whatever the Azure SDK finds: AZURE_TENANT_ID, AZURE_CLIENT_ID and
AZURE_CLIENT_SECRET, a managed identity, or \`az login\`. HTTPS_PROXY and NODE_EXTRA_CA_CERTS are honoured.

Results: passed; waiting (an administrator has yet to consent, as the stack says); failed; skipped.
Exit code: 0 where nothing failed, 1 where a check failed, 2 for wrong arguments.

Examples:
  npm run verify -- --stack dev
  npm run verify -- --vault https://kv-daemons.vault.azure.net
  npm run verify -- --vault https://kv-daemons.vault.azure.net --daemon forecast-loader --json
`;

/**
 * Reads the command line.
 * @throws CommanderError, after commander has told why; with exit code 0 for --help
 * @throws UsageError where the options name no vault, or two
 */
export function parseArguments(argv: readonly string[], print: Print): Arguments {
  const options = commandLine(print)
    .parse([...argv], { from: "user" })
    .opts<Options>();
  return {
    target: targetOf(options),
    json: options.json,
    callSeconds: options.timeout,
    waitSeconds: options.wait,
  };
}

/** Where help and complaints go. */
export interface Print {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export const isUsageError = (error: unknown): error is UsageError | CommanderError =>
  error instanceof UsageError || error instanceof CommanderError;

function commandLine(print: Print): Command {
  return new Command("verify")
    .description(
      "Proves that the credentials in a vault work: reads each from Key Vault and makes the daemon's own calls with it.",
    )
    .option("--vault <url>", "the vault; every credential it lists is verified")
    .option("--stack <name>", "the Pulumi stack whose vault and daemons are verified, by the pulumi command")
    .option("--daemon <name>", "verify this daemon only, without listing the vault; repeatable", collect)
    .option("--secret <uri>", "verify the credential at this address only; repeatable", collect)
    .option(
      "--wait <seconds>",
      "how long to wait for new secrets and roles to reach all of Azure's servers",
      seconds(0),
      60,
    )
    .option("--timeout <seconds>", "how long one call may take", seconds(1), 30)
    .option("--json", "print the report as JSON", false)
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: print.out, writeErr: print.err })
    .exitOverride();
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

const seconds =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value) || text.trim() === "" || value < least || value > 3_600) {
      throw new InvalidArgumentError(`Give seconds, from ${least} to 3600.`);
    }
    return value;
  };

function targetOf({ vault, stack, daemon = [], secret = [] }: Options): Arguments["target"] {
  const named = [
    vault !== undefined && "--vault",
    stack !== undefined && "--stack",
    secret.length > 0 && "--secret",
  ].filter((option) => option !== false);
  if (named.length !== 1) {
    throw new UsageError(
      `Name the vault in one way: --vault <url>, --stack <name> or --secret <uri>; given: ${named.join(" and ") || "none of them"}.`,
    );
  }
  if (stack !== undefined) {
    return () => stackTarget(stack, daemon);
  }
  if (vault !== undefined) {
    return () => vaultTarget(vault, daemon);
  }
  if (daemon.length > 0) {
    throw new UsageError("--daemon goes with --vault or --stack; --secret says it all.");
  }
  return () => secretsTarget(secret);
}
