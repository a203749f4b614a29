import { writeFile } from "node:fs/promises";
import { UsageError } from "../../cli/failure";
import type { AddCommand } from "../../cli/frame";
import { helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { readerHelp } from "../readerHelp";
import { complete } from "../estate/completion";
import { completedLines } from "../estate/words";
import type { Outcome, SharedOptions } from "../../cli/outcome";
import { previewed } from "../previewed";
import { signedInReader } from "../signedIn";
import { guid } from "../../cli/values";

interface Options {
  readonly stack: string;
  readonly out: string;
  readonly subscription?: string;
}

export const addImportFile: AddCommand = (program, performs) => {
  withSharedOptions(program.command("import-file"), "required")
    .summary("find what a stack would create, for `pulumi import`")
    .description(
      "Previews a stack, looks in Azure for each resource that it would create, and writes the document that `pulumi import --file` reads.",
    )
    .option("--out <file>", "the file to write", "import.json")
    .option(
      "--subscription <id>",
      "the stack's subscription (default: azure-native:subscriptionId, ARM_SUBSCRIPTION_ID)",
      guid,
    )
    .addHelpText("after", helpEnd(readerHelp))
    .action(performs(writeImportFile));
};

async function writeImportFile({ stack, out, subscription, timeout }: Options & SharedOptions): Promise<Outcome> {
  const { file, planned, configured } = await previewed(stack);
  const chosen = subscription ?? configured ?? process.env["ARM_SUBSCRIPTION_ID"];
  if (chosen === undefined || chosen === "") {
    throw new UsageError("Name the subscription: --subscription <id>, or azure-native:subscriptionId of the stack.");
  }
  const completed = await complete(file, planned, chosen, signedInReader(timeout));
  await writeFile(out, `${JSON.stringify(completed.file, null, 2)}\n`);
  const { found, waiting, leftOut } = completed;
  const next =
    found.length === 0
      ? `Nothing is to be imported. What was: npx daemon-access adopt settle --stack ${stack}`
      : `Next: pulumi import --stack ${stack} --file ${out} --protect=false --generate-code=false`;
  return {
    ok: true,
    lines: [...completedLines(completed), next],
    document: { stack, file: out, found, waiting, leftOut },
  };
}
