import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UsageError } from "../cli/failure";
import { stackTarget, targetIn } from "./stackTarget";
import { secretsTarget, vaultTarget, type Target } from "./target";

/** The options that say what is verified. */
export interface TargetOptions {
  readonly vault?: string;
  readonly stack?: string;
  readonly daemon?: readonly string[];
  readonly secret?: readonly string[];
  /** A file with the stack's outputs as JSON; "-" for standard input. */
  readonly outputs?: string;
}

/** @throws UsageError where the options name no vault, or two */
export async function chosenTarget(
  { vault, stack, daemon = [], secret = [], outputs }: TargetOptions,
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
  if (stack !== undefined) {
    return outputs === undefined
      ? await stackTarget(stack, daemon, env)
      : targetIn(await readOutputs(outputs), stack, daemon);
  }
  if (outputs !== undefined) throw new UsageError("--outputs goes with --stack, whose outputs they are.");
  if (vault !== undefined) return vaultTarget(vault, daemon);
  if (daemon.length > 0) throw new UsageError("--daemon goes with --vault or --stack; --secret says it all.");
  return secretsTarget(secret);
}

async function readOutputs(file: string): Promise<string> {
  try {
    return file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch {
    throw new UsageError(`--outputs: there is no file ${file} that can be read.`);
  }
}
