import { createRequire } from "node:module";
import { UsageError } from "../cli/failure";
import type { AddCommand } from "../cli/frame";
import type { Act } from "../cli/outcome";
import { examplesHelp, helpEnd, withSharedOptions } from "../cli/sharedOptions";
import { someOf } from "../cli/values";
import { pulumi } from "../cli/pulumi";
import { deployerOf } from "./azure/deployer";
import { examine } from "./examine";
import { findOrphans } from "./orphans/findOrphans";
import { stackStateOf, type StackState } from "./orphans/stackState";
import type * as stackProgram from "./program/stackProgram";
import { jsonReport, textReport } from "./report/examination";
import { rightsText } from "./report/rights";
import { everyOperation, operations, type Operation } from "./rights/right";
import { rightsOf } from "./rights/rightsList";
import { chosenScope, customRole } from "./rights/roleDefinition";

/** Loads a module at the moment it is needed: Pulumi's SDKs take longer to load than a wrong argument to tell. */
const later = createRequire(__filename);

interface Options {
  readonly stack: string;
  readonly rights: boolean;
  readonly role?: string | true;
  readonly for?: readonly Operation[];
  readonly orphans: boolean;
}

const operationsHelp = `Operations:
${Object.entries(operations)
  .map(([name, what]) => `  ${name.padEnd(8)} ${what}`)
  .join("\n")}
`;

const deployerHelp = `Signs in as the providers would: ARM_CLIENT_ID with ARM_CLIENT_SECRET,
ARM_CLIENT_CERTIFICATE_PATH or ARM_USE_OIDC; else with the credential that the
Azure SDK finds. Changes nothing.

Results: passed; failed (a run would fail on it); unknown (the deployer may not
read it); note (no action needed).
`;

export const addDoctor: AddCommand = (program, performs) => {
  withSharedOptions(program.command("doctor"), "required")
    .summary("find what the deployer lacks, before anything is created")
    .description(
      "Reports, before anything is created, which rights the deployer lacks, and what else would make a run fail.",
    )
    .option("--rights", "print the rights that the deployer needs; calls no service", false)
    .option("--role [scope]", "print a custom role with these rights at a scope; calls no service")
    .option("--orphans", "list what earlier runs left in Azure that is not in the stack's state", false)
    .option(
      "--for <operations>",
      "the operations that the deployer runs, with commas (default: all)",
      someOf(everyOperation),
    )
    .addHelpText(
      "after",
      helpEnd(
        operationsHelp,
        deployerHelp,
        examplesHelp(
          "npx daemon-access doctor --stack dev --local",
          "npx daemon-access doctor --stack production --for preview,refresh",
          "npx daemon-access doctor --stack production --orphans",
          "npx daemon-access doctor --stack production --role rg-daemons > role.json",
          "az role definition create --role-definition @role.json",
        ),
      ),
    )
    .action(performs(doctor));
};

const doctor: Act<Options> = async (options, { env, progress, colors, width }) => {
  const { stack, rights: onlyRights, role, orphans, json } = options;
  if (onlyRights && role !== undefined) {
    throw new UsageError("--rights and --role print two documents. Give one of them.");
  }
  if (orphans && (onlyRights || role !== undefined || options.for !== undefined)) {
    throw new UsageError("--orphans excludes --rights, --role and --for: leave them out.");
  }
  const wanted = everyOperation.filter((operation) => (options.for ?? everyOperation).includes(operation));
  const examines = !onlyRights && role === undefined;
  if (examines) progress(`Reading the program of stack ${stack}.`);
  const { readStackProgram } = later("./program/stackProgram") as typeof stackProgram;
  const { recording } = await readStackProgram(process.cwd(), stack, env);
  const rights = rightsOf(recording, stack, wanted);
  if (onlyRights) return { ok: true, lines: [rightsText(rights)], document: { ...rights } };
  if (role !== undefined) {
    const definition = customRole(rights, chosenScope(rights, role));
    return { ok: true, lines: [JSON.stringify(definition, null, 2)], document: { ...definition } };
  }
  const deployer = deployerOf(recording.place.tenantId, env);
  const found = orphans
    ? await findOrphans(
        deployer,
        { callSeconds: options.timeout, progress },
        recording,
        await stateOf(stack, env, progress),
      )
    : await examine(deployer, options.timeout, { recording, rights, progress });
  return {
    ok: found.findings.every(({ result }) => result !== "failed"),
    lines: json === true ? [] : [textReport(stack, found, colors, width)],
    document: { ...jsonReport(stack, found) },
  };
};

async function stateOf(stack: string, env: NodeJS.ProcessEnv, progress: (line: string) => void): Promise<StackState> {
  progress(`Reading the state of stack ${stack}.`);
  return stackStateOf(JSON.parse(await pulumi(["stack", "export", "--stack", stack], { env })));
}
