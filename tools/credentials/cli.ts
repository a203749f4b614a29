import { Command } from "commander";
import type { Print } from "../verify/cli";
import { commands } from "./commands/index";
import type { Act, Outcome, Shell } from "./outcome";

const notes = `
The identity that acts is whatever the Azure SDK finds: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a
managed identity, or \`az login\`. HTTPS_PROXY and NODE_EXTRA_CA_CERTS are honoured.

Exit code: 0 where it is done, or nothing was to be done; 1 where a step failed; 2 for wrong arguments.
`;

/** Adds one command. `performs` gives the action that commander is to call. */
export type AddCommand = (program: Command, performs: Performs) => void;
export type Performs = <Options>(act: Act<Options>) => (options: Options) => Promise<void>;

/** What was asked for, done. */
export interface Performed {
  readonly outcome: Outcome;
  readonly json: boolean;
}

/**
 * Reads the command line and does what it says; undefined where it asks for nothing.
 * @throws CommanderError, after commander has told why; with exit code 0 for --help
 * @throws UsageError for options that make no sense together
 */
export async function perform(argv: readonly string[], print: Print, shell: Shell): Promise<Performed | undefined> {
  let performed: Performed | undefined;
  const program = new Command("credentials")
    .description(
      "Works on the credentials in a vault: what Pulumi cannot do, because a private key or a date decides it.",
    )
    .addHelpText("after", notes)
    .configureOutput({ writeOut: print.out, writeErr: print.err })
    .exitOverride();
  const performs: Performs = (act) => async (options) => {
    const outcome = await act(options, shell);
    performed = { outcome, json: (options as { readonly json?: boolean }).json === true };
  };
  for (const add of commands) add(program, performs);
  for (const command of program.commands) {
    command
      .option("--json", "print what was done as JSON", false)
      .allowExcessArguments(false)
      .addHelpText("after", notes);
  }
  await program.parseAsync([...argv], { from: "user" });
  return performed;
}
