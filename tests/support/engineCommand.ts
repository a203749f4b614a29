import { dirname } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { engineOfThisMachine } from "../../local/engine/ensureEngine";

/** The engine that the command line uses too: the one on PATH, or the cache's. */
export async function engineCommand(): Promise<PulumiCommand> {
  const { command } = await engineOfThisMachine(process.env, () => undefined);
  return PulumiCommand.get({ root: dirname(dirname(command)) });
}
