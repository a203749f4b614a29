import { UsageError } from "../../cli/failure";
import type { Place } from "../rights/right";
import { readProjectFile } from "./projectFile";
import { recordInProcess } from "./recordInProcess";
import type { Recording } from "./recording";
import { readStackFile } from "./stackFile";

/** A stack, and what its program declares. */
export interface StackProgram {
  readonly stack: string;
  /** By name with its namespace. */
  readonly config: Readonly<Record<string, string>>;
  readonly recording: Recording;
}

/**
 * Runs the program that Pulumi.yaml names with a stack's settings, and records what it declares.
 *
 * @param environment where the settings name no subscription or tenant, the providers take these from it
 * @throws UsageError where the stack is not there, or its program fails
 */
export async function readStackProgram(
  project: string,
  stack: string,
  environment: NodeJS.ProcessEnv,
): Promise<StackProgram> {
  const file = readProjectFile(project);
  const { config, encrypted } = readStackFile(project, stack, file.name);
  const place = placeOf(config, environment);
  const settings = { project: file.name, stack, config, secretKeys: encrypted, place };
  try {
    return { stack, config, recording: await recordInProcess(file, settings, environment) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const note =
      encrypted.length === 0
        ? ""
        : `\nIt was run with a placeholder for each encrypted setting, as doctor opens no secrets: ${encrypted.join(", ")}.`;
    throw new UsageError(`The program of stack ${stack} fails before anything is deployed:\n${error.message}${note}`);
  }
}

function placeOf(config: StackProgram["config"], environment: NodeJS.ProcessEnv): Place {
  const first = (...values: (string | undefined)[]): string | undefined => values.find((value) => value);
  const tenantId = first(
    config["azure-native:tenantId"],
    config["azuread:tenantId"],
    environment["ARM_TENANT_ID"],
    environment["AZURE_TENANT_ID"],
  );
  const subscriptionId = first(
    config["azure-native:subscriptionId"],
    environment["ARM_SUBSCRIPTION_ID"],
    environment["AZURE_SUBSCRIPTION_ID"],
  );
  const lacking = [
    ...(tenantId === undefined ? ["the tenant: set azure-native:tenantId and azuread:tenantId, or ARM_TENANT_ID"] : []),
    ...(subscriptionId === undefined
      ? ["the subscription: set azure-native:subscriptionId, or ARM_SUBSCRIPTION_ID"]
      : []),
  ];
  if (tenantId === undefined || subscriptionId === undefined) {
    throw new UsageError(`Neither the stack's settings nor the environment name ${lacking.join("; nor ")}.`);
  }
  return { tenantId, subscriptionId, drawnNames: vaultsIn(config) };
}

/** Names of the vaults whose addresses stand in the settings. */
const vaultsIn = (config: StackProgram["config"]): string[] =>
  Object.values(config).flatMap((value) =>
    [...value.matchAll(/https:\/\/([0-9A-Za-z-]+)\.vault\.azure\.net/g)].map(([, name = ""]) => name),
  );
