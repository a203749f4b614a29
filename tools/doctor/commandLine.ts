import { Command, InvalidArgumentError } from "commander";
import { everyOperation, operations, type Operation } from "./rights/right";
import { UsageError } from "./usageError";

/** What one run is asked to do. */
export interface Arguments {
  readonly stack: string;
  readonly task: "examine" | "rights" | "role";
  /** The scope of the role. */
  readonly scope: string | true;
  readonly operations: readonly Operation[];
  readonly json: boolean;
  readonly callSeconds: number;
}

interface Options {
  readonly stack: string;
  readonly rights: boolean;
  readonly role?: string | true;
  readonly for?: readonly Operation[];
  readonly json: boolean;
  readonly timeout: number;
}

/** Where help and complaints go. */
export interface Print {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const examples = `
Operations:
${Object.entries(operations)
  .map(([name, what]) => `  ${name.padEnd(8)} ${what}`)
  .join("\n")}

The deployer is who the providers would deploy as: ARM_CLIENT_ID with ARM_CLIENT_SECRET, ARM_CLIENT_CERTIFICATE_PATH or
ARM_USE_OIDC; else whatever the Azure SDK finds. Nothing is changed, in Azure or anywhere.

Results: passed; failed (a run would fail on it); unknown (the deployer may not ask); note (worth knowing).
Exit code: 0 where nothing failed, 1 where something did, 2 for wrong arguments or settings.

Examples:
  npm run doctor -- --stack dev
  npm run doctor -- --stack dev --for preview,refresh --json
  npm run -s doctor -- --stack dev --rights --json
  npm run -s doctor -- --stack dev --role rg-daemons > role.json && az role definition create --role-definition @role.json
`;

/**
 * Reads the command line.
 * @throws CommanderError, after commander has told why; with exit code 0 for --help
 * @throws UsageError where options contradict each other
 */
export function parseArguments(argv: readonly string[], print: Print): Arguments {
  const options = new Command("doctor")
    .usage("--stack <name> [options], as npm run doctor -- …")
    .description("Tells, before anything is made, what whoever deploys a stack lacks, and what stands in the way.")
    .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
    .option("--rights", "print the rights that the stack's deployer needs, and ask nobody", false)
    .option("--role [scope]", "print a custom role for the Azure CLI with just these rights at a scope, and ask nobody")
    .option(
      "--for <operations>",
      `what the deployer is to do: some of ${everyOperation.join(", ")}`,
      some,
      everyOperation,
    )
    .option("--json", "print one JSON document", false)
    .option("--timeout <seconds>", "how long one call may take", seconds, 30)
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: print.out, writeErr: print.err })
    .exitOverride()
    .parse([...argv], { from: "user" })
    .opts<Options>();
  if (options.rights && options.role !== undefined) {
    throw new UsageError("--rights and --role are two documents. Ask for one of them.");
  }
  return {
    stack: options.stack,
    task: options.rights ? "rights" : options.role === undefined ? "examine" : "role",
    scope: options.role ?? true,
    operations: options.for ?? everyOperation,
    json: options.json,
    callSeconds: options.timeout,
  };
}

function some(text: string): Operation[] {
  const given = text.split(",").map((word) => word.trim());
  const unknown = given.filter((word) => !everyOperation.some((each) => each === word));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      `Give ${everyOperation.join(", ")}, with commas between; not ${unknown.join(", ")}.`,
    );
  }
  return everyOperation.filter((operation) => given.includes(operation));
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === "" || value < 1 || value > 600) {
    throw new InvalidArgumentError("Give seconds, from 1 to 600.");
  }
  return value;
}
