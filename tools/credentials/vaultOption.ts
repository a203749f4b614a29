import type { Command } from "commander";
import { stackTarget } from "../verify/stackTarget";
import { UsageError, vaultTarget } from "../verify/target";

/** How a command is told its vault. */
export interface VaultOptions {
  readonly vault?: string;
  readonly stack?: string;
}

/** Adds `--vault` and `--stack`. */
export const withVault = (command: Command): Command =>
  command
    .option("--vault <url>", "the vault, as https://<name>.vault.azure.net; without it, the stack's")
    .option(
      "--stack <name>",
      "the Pulumi stack; its outputs are read by the pulumi command where --vault is not given",
    );

/**
 * The vault's address, without a slash at the end.
 * @throws UsageError where there is none
 */
export async function vaultUrlOf({ vault, stack }: VaultOptions, env = process.env): Promise<string> {
  if (vault !== undefined) return vaultTarget(vault, []).vaultUrl;
  if (stack !== undefined) return (await stackTarget(stack, [], env)).vaultUrl;
  throw new UsageError("Name the vault: --vault <url>, or --stack <name> of a stack that has one.");
}
