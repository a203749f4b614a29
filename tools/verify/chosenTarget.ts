import { UsageError } from "../cli/failure";
import { stackTarget } from "./stackTarget";
import { secretsTarget, vaultTarget, type Target } from "./target";

/** The options that say what is verified. */
export interface TargetOptions {
  readonly vault?: string;
  readonly stack?: string;
  readonly daemon?: readonly string[];
  readonly secret?: readonly string[];
}

/** @throws UsageError where the options name no vault, or two */
export async function chosenTarget(
  { vault, stack, daemon = [], secret = [] }: TargetOptions,
  env: NodeJS.ProcessEnv,
): Promise<Target> {
  const named = [
    vault !== undefined && "--vault",
    stack !== undefined && "--stack",
    secret.length > 0 && "--secret",
  ].filter((option) => option !== false);
  if (named.length !== 1) {
    throw new UsageError(
      `Name the vault in one way: --vault <url>, --stack <name> or --secret <uri>; given: ${named.join(" and ") || "none of them"}.`,
    );
  }
  if (stack !== undefined) return await stackTarget(stack, daemon, env);
  if (vault !== undefined) return vaultTarget(vault, daemon);
  if (daemon.length > 0) throw new UsageError("--daemon goes with --vault or --stack; --secret says it all.");
  return secretsTarget(secret);
}
