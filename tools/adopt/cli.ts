import { Command } from "commander";
import type { Print } from "../verify/cli";
import { addImportFile } from "./commands/importFile";
import { addReport } from "./commands/report";
import { addSettle } from "./commands/settle";
import type { Act, Outcome } from "./outcome";

const notes = `
Nothing is changed in Azure; settle alone writes a stack's state. The identity that reads is whatever the Azure SDK finds: AZURE_TENANT_ID,
AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a managed identity, or \`az login\`. It needs Application.Read.All, or a
directory role that reads applications, and Reader where role assignments are looked for. HTTPS_PROXY and
NODE_EXTRA_CA_CERTS are honoured.

Exit code: 0 done; 1 where it could not be done, or not wholly; 2 for wrong arguments.

Examples:
  npm run adopt -- report --client-id 46410032-25fe-4fa0-8822-64728e1cd912
  npm run adopt -- report --client-id 46410032-25fe-4fa0-8822-64728e1cd912 --stack production --json
  npm run adopt -- import-file --stack production --out import.json
  npm run adopt -- settle --stack production
`;

/** Gives the action that commander is to call. */
export type Performs = <Options>(act: Act<Options>) => (options: Options) => Promise<void>;

/** What was asked for, done. */
export interface Performed {
  readonly outcome: Outcome;
  readonly json: boolean;
}

/**
 * Reads the command line and does what it says; undefined where it asks for nothing.
 * @throws CommanderError, after commander has told why; with exit code 0 for --help
 */
export async function perform(argv: readonly string[], print: Print): Promise<Performed | undefined> {
  let performed: Performed | undefined;
  const program = new Command("adopt")
    .description("Tells what was made by hand, and finds it for the engine's import.")
    .addHelpText("after", notes)
    .configureOutput({ writeOut: print.out, writeErr: print.err })
    .exitOverride();
  const performs: Performs = (act) => async (options) => {
    const outcome = await act(options);
    performed = { outcome, json: (options as { readonly json?: boolean }).json === true };
  };
  addReport(program, performs);
  addImportFile(program, performs);
  addSettle(program, performs);
  for (const command of program.commands) {
    command.option("--json", "print what was found as JSON", false).allowExcessArguments(false);
  }
  await program.parseAsync([...argv], { from: "user" });
  return performed;
}
