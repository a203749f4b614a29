import type { AddCommand } from "../cli/frame";
import { examplesHelp, helpEnd } from "../cli/sharedOptions";
import { addCertificate } from "./commands/certificate";
import { addDisableExpired } from "./commands/disableExpired";
import { addRecover } from "./commands/recover";

/** The commands, in the order of `--help`. Each lies in a file of its own. */
const commands: readonly AddCommand[] = [addCertificate, addDisableExpired, addRecover];

export const addCredentials: AddCommand = (program, performs) => {
  const credentials = program
    .command("credentials")
    .summary("create certificates, disable expired secrets, recover deleted ones")
    .description(
      "Manages credentials in a vault where `pulumi up` can't: a private key must not leave the vault, or a date must have passed.",
    )
    .helpCommand(false)
    .addHelpText(
      "after",
      helpEnd(
        examplesHelp(
          "npx daemon-access credentials certificate --stack prod --daemon loader",
          "npx daemon-access credentials disable-expired --stack prod --dry-run",
        ),
      ),
    );
  for (const add of commands) add(credentials, performs);
};
