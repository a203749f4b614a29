import type { AddCommand } from "../cli/frame";
import { examplesHelp, helpEnd } from "../cli/sharedOptions";
import { addImportFile } from "./commands/importFile";
import { addReport } from "./commands/report";
import { addSettle } from "./commands/settle";

/** The commands, in the order of `--help`. Each lies in a file of its own. */
const commands: readonly AddCommand[] = [addReport, addImportFile, addSettle];

export const addAdopt: AddCommand = (program, performs) => {
  const adopt = program
    .command("adopt")
    .summary("import an application or an estate created by hand into a stack")
    .description(
      "Reports what was created by hand, and finds it for `pulumi import`.\nChanges nothing in Azure; only settle writes a stack's state.",
    )
    .helpCommand(false)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access adopt report --stack production --client-id <client ID>",
          "npx daemon-access adopt import-file --stack production --out import.json",
          "npx daemon-access adopt settle --stack production",
        ),
      ),
    );
  for (const add of commands) add(adopt, performs);
};
