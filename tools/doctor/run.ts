import { isatty } from "node:tty";
import { isColorSupported } from "picocolors";
import type { Arguments, Print } from "./commandLine";
import { deployerOf } from "./azure/deployer";
import { examine } from "./examine";
import { readStackProgram } from "./program/stackProgram";
import { jsonReport, textReport } from "./report/examination";
import { rightsText } from "./report/rights";
import { rightsOf } from "./rights/rightsList";
import { chosenScope, customRole } from "./rights/roleDefinition";

/**
 * Does what the command line asks, and gives the exit code.
 * @throws UsageError
 */
export async function run(
  { stack, task, scope, operations, json, callSeconds }: Arguments,
  project: string,
  print: Print,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const progress = (line: string): void => print.err(`${line}\n`);
  const document = (value: unknown): void => print.out(`${JSON.stringify(value, null, 2)}\n`);
  if (task === "examine") progress(`Reading the program of stack ${stack}.`);
  const { recording } = await readStackProgram(project, stack, environment);
  const rights = rightsOf(recording, stack, operations);
  if (task === "rights") {
    if (json) document(rights);
    else print.out(`${rightsText(rights)}\n`);
    return 0;
  }
  if (task === "role") {
    document(customRole(rights, chosenScope(rights, scope)));
    return 0;
  }
  const deployer = deployerOf(recording.place.tenantId, environment);
  const found = await examine(deployer, callSeconds, { recording, rights, progress });
  if (json) document(jsonReport(stack, found));
  else print.out(`${textReport(stack, found, isatty(process.stdout.fd) && isColorSupported)}\n`);
  return found.findings.some(({ result }) => result === "failed") ? 1 : 0;
}
