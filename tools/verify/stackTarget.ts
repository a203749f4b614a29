import { z } from "zod";
import { UsageError } from "../cli/failure";
import { pulumi } from "../cli/pulumi";
import { secretOf, vaultTarget, type Target } from "./target";

const outputs = z.looseObject({ vaultUri: z.string(), daemons: z.array(z.string()).default([]) });

type Outputs = z.infer<typeof outputs>;

/**
 * Asks the pulumi command, in the current directory, for a stack's outputs.
 * @param env where the command is looked for, and what it runs with
 * @throws UsageError where there is no such command or stack, or the stack has no vault
 */
export const stackTarget = async (stack: string, daemons: readonly string[], env = process.env): Promise<Target> =>
  targetIn(await stackOutputs(stack, env), stack, daemons);

/**
 * Reads a stack's outputs, as `pulumi stack output --json` prints them.
 * @throws UsageError where they name no vault
 */
export function targetIn(document: string, stack: string, daemons: readonly string[]): Target {
  const parsed = outputs.safeParse(json(document));
  if (!parsed.success) {
    throw new UsageError(`--stack: the stack ${stack} has no output vaultUri. Run \`pulumi up\` on it first.`);
  }
  return targetOf(parsed.data, stack, daemons);
}

function json(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw new UsageError("--outputs: this is not JSON. Give what `pulumi stack output --json` prints.");
  }
}

/**
 * What a stack's outputs name: a secret for each daemon, and not what its vault happens to hold.
 * @param daemons the ones to verify; where empty, all
 * @throws UsageError for a daemon that the stack has not
 */
function targetOf(found: Outputs, stack: string, daemons: readonly string[]): Target {
  const known = found.daemons;
  const unknown = daemons.filter((daemon) => !known.includes(daemon));
  if (unknown.length > 0) {
    throw new UsageError(
      `--daemon: the stack ${stack} has no ${unknown.join(", ")}; it has ${known.join(", ") || "no daemons"}.`,
    );
  }
  const chosen = daemons.length > 0 ? daemons : known;
  const { vaultUrl } = vaultTarget(found.vaultUri, []);
  if (chosen.length === 0) return { vaultUrl };
  const unreadable = chosen.filter((daemon) => isDeliveredOtherwise(found, daemon));
  return {
    vaultUrl,
    stack,
    secrets: chosen.filter((daemon) => !unreadable.includes(daemon)).map(secretOf),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** Whether a daemon's credential is in the vault in other formats alone. */
function isDeliveredOtherwise(found: Outputs, daemon: string): boolean {
  const main = `${daemon}.secretUri`;
  return !(main in found) && Object.keys(found).some((name) => name.startsWith(`${main}.`));
}

const stackOutputs = (stack: string, env: NodeJS.ProcessEnv): Promise<string> =>
  pulumi(["stack", "output", "--json", "--stack", stack], { env });
