import { Command, CommanderError, InvalidArgumentError } from "commander";
import { everyClient, type Client } from "./catalogue";
import { defaultCache } from "./environments/cache";

export interface Options {
  readonly clients: readonly Client[];
  readonly json: boolean;
  readonly cache: string;
}

const names = everyClient.map(({ name }) => name);

const notes = `
Clients: ${names.join(", ")}.
A client whose language is not installed is not run, and told so.

Exit code: 0 where no client failed; 1 where one did; 2 for wrong arguments; 130 interrupted.
`;

export const isUsageError = (error: unknown): error is CommanderError => error instanceof CommanderError;

/** Reads the command line. @throws CommanderError, after commander has told why; with exit code 0 for --help */
export function parseArguments(
  argv: readonly string[],
  machine: NodeJS.ProcessEnv,
  print: { readonly out: (text: string) => void; readonly err: (text: string) => void },
): Options {
  const { only, json, cache } = new Command("clients")
    .description(
      "Runs real-world client programs, with their published packages, on what the stack delivers to Key Vault of local Azure.",
    )
    .option("--only <client>", "run this client only; repeatable", client)
    .option("--json", "one JSON document on standard output, progress on standard error", false)
    .option("--cache <directory>", "where the clients' packages are kept between runs", defaultCache(machine))
    .addHelpText("after", notes)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: print.out, writeErr: print.err })
    .exitOverride()
    .parse([...argv], { from: "user" })
    .opts<{ only?: readonly string[]; json: boolean; cache: string }>();
  return { clients: everyClient.filter(({ name }) => only?.includes(name) ?? true), json, cache };
}

function client(value: string, before: readonly string[] = []): string[] {
  if (!names.includes(value)) throw new InvalidArgumentError(`Give one of ${names.join(", ")}.`);
  return [...before, value];
}
