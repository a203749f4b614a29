import { createRequire } from "node:module";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { azureIdentityHelp, examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { repeated, seconds } from "../cli/values";
import { Patience } from "./patience";
import { jsonReport, textReport } from "./report";
import type * as run from "./run";
import { chosenTarget, type TargetOptions } from "./chosenTarget";

/** Loads a module at the moment it is needed: the SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

interface Options extends TargetOptions {
  readonly wait: number;
}

const results = `Results: passed; waiting (an administrator has yet to consent); failed; skipped.
`;

export const addVerify: AddCommand = (program, performs) => {
  withSharedOptions(program.command("verify"), "optional")
    .summary("check that the delivered credentials work")
    .description(
      "Checks that delivered credentials work: reads each from Key Vault, and makes the daemon's own calls with it.",
    )
    .option("--outputs <file>", "the stack's outputs as JSON, - for standard input (default: pulumi is asked)")
    .option("--vault <url>", "the vault; every credential it lists is verified")
    .option("--daemon <name>", "only this daemon, without listing the vault; repeatable", repeated)
    .option("--secret <uri>", "only the credential at this address; repeatable", repeated)
    .option(
      "--wait <seconds>",
      "how long to wait for new secrets and roles to replicate, and for throttling to end",
      seconds(0),
      60,
    )
    .addHelpText(
      "after",
      helpEnd(
        azureIdentityHelp,
        results,
        examplesHelp(
          "npx daemon-access verify --stack dev",
          "npx daemon-access verify --vault https://kv-daemons.vault.azure.net",
        ),
      ),
    )
    .action(performs(verify));
};

const verify: Act<Options> = async (options, { env, progress, redactor, colors, width }) => {
  const target = await chosenTarget(options, env);
  const { verify: check } = later("./run") as typeof run;
  const patience = new Patience({ seconds: options.wait, callSeconds: options.timeout, progress });
  const rows = await check(target, { patience, redactor });
  return {
    ok: rows.every(({ result }) => result !== "failed"),
    lines: [textReport(target.vaultUrl, rows, colors, width)],
    document: { ...jsonReport(target.vaultUrl, rows) },
  };
};
