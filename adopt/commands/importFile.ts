import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { UsageError } from "../../verify/target";
import type { Performs } from "../cli";
import { complete, importFile, type ImportFile, type Planned } from "../estate/importFile";
import { completedLines } from "../estate/words";
import type { Outcome } from "../outcome";
import { pulumi } from "../pulumi";
import { signedInReader } from "../signedIn";
import { guid } from "./report";

interface Options {
  readonly stack: string;
  readonly out: string;
  readonly subscription?: string;
}

const preview = z.object({
  config: z.record(z.string(), z.unknown()).default({}),
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        newState: z.object({ type: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) }).optional(),
      }),
    )
    .default([]),
});

export function addImportFile(program: Command, performs: Performs): void {
  program
    .command("import-file")
    .summary("find what a stack would create, for pulumi import")
    .description(
      "Previews a stack, looks in Azure for each thing that it would create, and writes the document that `pulumi import --file` reads.",
    )
    .requiredOption("--stack <name>", "the stack; previewed by the pulumi command in the current directory")
    .option("--out <file>", "where the document goes", "import.json")
    .option(
      "--subscription <id>",
      "the stack's subscription (default: azure-native:subscriptionId, ARM_SUBSCRIPTION_ID)",
      guid,
    )
    .action(performs(writeImportFile));
}

async function writeImportFile({ stack, out, subscription }: Options): Promise<Outcome> {
  const { file, planned, configured } = await previewed(stack);
  const chosen = subscription ?? configured ?? process.env["ARM_SUBSCRIPTION_ID"];
  if (chosen === undefined || chosen === "") {
    throw new UsageError("Name the subscription: --subscription <id>, or azure-native:subscriptionId of the stack.");
  }
  const completed = await complete(file, planned, chosen, signedInReader());
  await writeFile(out, `${JSON.stringify(completed.file, null, 2)}\n`);
  const { found, waiting, leftOut } = completed;
  const next =
    found.length === 0
      ? "Nothing is to be imported."
      : `Next: pulumi import --stack ${stack} --file ${out} --protect=false --generate-code=false`;
  return {
    ok: true,
    lines: [...completedLines(completed), next],
    document: { stack, file: out, found, waiting, leftOut },
  };
}

/** One preview gives both: the document, and the inputs that say what each of its resources is. */
async function previewed(
  stack: string,
): Promise<{ readonly file: ImportFile; readonly planned: readonly Planned[]; readonly configured?: string }> {
  const directory = await mkdtemp(join(tmpdir(), "adopt-"));
  try {
    const path = join(directory, "import.json");
    const printed = await pulumi("preview", "--stack", stack, "--json", "--import-file", path);
    const { config, steps } = preview.parse(JSON.parse(printed));
    const configured = config["azure-native:subscriptionId"];
    return {
      file: importFile.parse(JSON.parse(await readFile(path, "utf8"))),
      planned: steps.flatMap(({ op, urn, newState }) =>
        op === "create" && newState ? [{ type: newState.type, name: nameOf(urn), inputs: newState.inputs }] : [],
      ),
      ...(typeof configured === "string" && { configured }),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
