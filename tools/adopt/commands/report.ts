import { readFile } from "node:fs/promises";
import { UsageError } from "../../cli/failure";
import { guid } from "../../cli/values";
import type { AddCommand } from "../../cli/frame";
import { helpEnd, withSharedOptions } from "../../cli/sharedOptions";
import { readerHelp } from "../readerHelp";
import type { Outcome, SharedOptions } from "../../cli/outcome";
import { pulumi } from "../../cli/pulumi";
import { readApplication } from "../report/application";
import { managedIds, withoutManaged } from "../report/managed";
import { reportLines } from "../report/words";
import { signedInReader } from "../signedIn";

interface Options {
  readonly clientId: string;
  readonly subscription?: string;
  readonly stack?: string;
  readonly state?: string;
}

export const addReport: AddCommand = (program, performs) => {
  withSharedOptions(program.command("report"), "optional")
    .summary("list what an application has")
    .description(
      "Lists what an application has: secrets by name and expiry date, certificates, federated credentials, permissions, redirect addresses, owners and Azure roles. With a stack, only what it does not manage.",
    )
    .requiredOption("--client-id <id>", "the application's client ID", guid)
    .option(
      "--subscription <id>",
      "the subscription whose role assignments are read (default: AZURE_SUBSCRIPTION_ID)",
      guid,
    )
    .option("--state <file>", "leave out the resources in this file: output of `pulumi stack export`, or a state file")
    .addHelpText("after", helpEnd(readerHelp))
    .action(performs(report));
};

async function report({ clientId, subscription, stack, state, timeout }: Options & SharedOptions): Promise<Outcome> {
  if (stack !== undefined && state !== undefined) {
    throw new UsageError("Give --stack or --state, not both.");
  }
  const exported =
    stack === undefined ? state && (await readState(state)) : await pulumi(["stack", "export", "--stack", stack]);
  const managed = exported === undefined ? undefined : idsIn(exported);
  const chosen = subscription ?? process.env["AZURE_SUBSCRIPTION_ID"];
  const found = await readApplication(signedInReader(timeout), clientId, chosen === "" ? undefined : chosen);
  if (!found) {
    throw new UsageError(
      `--client-id: the tenant has no application with the client ID ${clientId}. Sign in to the tenant it is registered in, or correct the ID.`,
    );
  }
  const shown = managed ? withoutManaged(found, managed) : found;
  return { ok: true, lines: reportLines(shown, managed !== undefined), document: { ...shown } };
}

async function readState(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UsageError(`--state: there is no file ${file} that can be read.`);
  }
}

function idsIn(exported: string): ReadonlySet<string> {
  try {
    return managedIds(JSON.parse(exported));
  } catch {
    throw new UsageError("--state: this is not a stack's state. Give what pulumi stack export prints.");
  }
}
