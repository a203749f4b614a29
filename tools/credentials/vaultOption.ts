import type { Command } from "commander";
import { UsageError } from "../cli/failure";
import { azureIdentityHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { stackTarget } from "../verify/stackTarget";
import { vaultTarget } from "../verify/target";

/** How a command is told its vault. */
export interface VaultOptions {
  readonly vault?: string;
  readonly stack?: string;
}

/** Adds the options that all have, and `--vault`. */
export const withVault = (command: Command): Command =>
  withSharedOptions(command, "optional")
    .option("--vault <url>", "the vault, as https://<name>.vault.azure.net (default: the stack's)")
    .addHelpText("after", helpEnd(azureIdentityHelp));

/**
 * The vault's address, without a slash at the end.
 * @throws UsageError where there is none
 */
export async function vaultUrlOf({ vault, stack }: VaultOptions, env = process.env): Promise<string> {
  if (vault !== undefined) return vaultTarget(vault, []).vaultUrl;
  if (stack !== undefined) return (await stackTarget(stack, [], env)).vaultUrl;
  throw new UsageError("Name the vault: --vault <url>, or --stack <name> of a stack that has one.");
}
