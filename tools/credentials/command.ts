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
    .summary("make certificates, disable ended secrets, recover deleted ones")
    .description(
      "Works on the credentials in a vault: what Pulumi cannot do, because a private key or a date decides it.",
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
