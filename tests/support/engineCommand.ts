import { dirname } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { engineOfThisMachine } from "../../local/engine/ensureEngine";

let command: Promise<PulumiCommand> | undefined;

/** The engine that the command line uses too: the one on PATH, or the cache's. */
export function engineCommand(): Promise<PulumiCommand> {
  command ??= engineOfThisMachine(process.env, () => undefined).then((engine) =>
    PulumiCommand.get({ root: dirname(dirname(engine.command)) }),
  );
  return command;
}
