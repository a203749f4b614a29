import { z } from "zod";
import { UsageError } from "../cli/failure";
import { pulumi } from "../cli/pulumi";
import { vaultTarget, type Target } from "./target";

const outputs = z.object({ vaultUri: z.string(), daemons: z.array(z.string()).default([]) });

/**
 * Asks the pulumi command, in the current directory, for a stack's outputs.
 * @param env where the command is looked for, and what it runs with
 * @throws UsageError where there is no such command or stack, or the stack has no vault
 */
export async function stackTarget(stack: string, daemons: readonly string[], env = process.env): Promise<Target> {
  const parsed = outputs.safeParse(JSON.parse(await stackOutputs(stack, env)));
  if (!parsed.success) {
    throw new UsageError(`--stack: the stack ${stack} has no output vaultUri. Run \`pulumi up\` on it first.`);
  }
  const known = parsed.data.daemons;
  const unknown = daemons.filter((daemon) => !known.includes(daemon));
  if (unknown.length > 0) {
    throw new UsageError(
      `--daemon: the stack ${stack} has no ${unknown.join(", ")}; it has ${known.join(", ") || "no daemons"}.`,
    );
  }
  return vaultTarget(parsed.data.vaultUri, daemons.length > 0 ? daemons : known);
}

const stackOutputs = (stack: string, env: NodeJS.ProcessEnv): Promise<string> =>
  pulumi(["stack", "output", "--json", "--stack", stack], { env });
