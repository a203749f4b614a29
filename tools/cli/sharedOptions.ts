import { Command, Option } from "commander";
import { exitCodeHelp } from "./exitCodes";
import { seconds } from "./values";

/** How a command takes the name of a stack. */
type StackOption = "required" | "optional" | "none";

/** A command with the options that all have, of one name and one meaning. */
export function withSharedOptions(command: Command, stack: StackOption): Command {
  if (stack !== "none") {
    const option = new Option("--stack <name>", "the stack, as in Pulumi.<name>.yaml");
    command.addOption(option);
    if (stack === "required") command.hook("preAction", requireStack);
  }
  return command
    .option("--cwd <directory>", "the directory with Pulumi.yaml (default: this one)")
    .option("--local", "use local Azure instead of Azure")
    .option("--timeout <seconds>", "how long one call to Azure may take", seconds(1), 30)
    .option("--json", "print one JSON document")
    .option("--verbose", "show where an unexpected failure happened")
    .allowExcessArguments(false);
}

/** Unlike a mandatory option of commander's, it is missed after a misspelt one has been told with the nearest right one. */
function requireStack(command: Command): void {
  if (command.getOptionValue("stack") === undefined) {
    command.error("error: required option '--stack <name>' not specified");
  }
}

/** The end of each command's help: who acts, what it ends with, and examples. */
export const helpEnd = (...parts: readonly string[]): string => ["", ...parts, exitCodeHelp.trim()].join("\n");

/** Who reads and acts, where the Azure SDK decides. */
export const azureIdentityHelp = `Signs in with the credential that the Azure SDK finds: AZURE_TENANT_ID,
AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a managed identity, or \`az login\`.
Honours HTTPS_PROXY and NODE_EXTRA_CA_CERTS.
`;

/** Examples that can be copied, a line each; a longer one goes on after a backslash. */
export const examplesHelp = (...lines: readonly string[]): string =>
  ["Examples:", ...lines.map((line) => `  ${line}`), ""].join("\n");
