import { program } from "../../../infra/program";
import { ConfigurationError } from "../../../infra/configurationError";
import { NAMESPACE } from "../../../infra/problems";
import { errorMessage } from "../../program/message";
import type { Place } from "../rights/right";
import { UsageError } from "../../cli/failure";
import { recordProgram, type Recording } from "./recording";
import { readStackFile } from "./stackFile";

/** A stack of this project, and what its program declares. */
export interface StackProgram {
  readonly stack: string;
  /** By name with its namespace. */
  readonly config: Readonly<Record<string, string>>;
  readonly recording: Recording;
}

/**
 * Runs the stack's program and records it.
 *
 * @param environment where the settings name no subscription or tenant, the providers take these from it
 * @throws UsageError where the stack is not there or its settings are not right
 */
export async function readStackProgram(
  project: string,
  stack: string,
  environment: NodeJS.ProcessEnv,
): Promise<StackProgram> {
  const { config, encrypted } = readStackFile(project, stack, NAMESPACE);
  const hidden = encrypted.filter((name) => name.startsWith(`${NAMESPACE}:`));
  if (hidden.length > 0) {
    throw new UsageError(
      `${hidden.join(", ")}: encrypted, and doctor opens no secrets. Set it without --secret; nothing in it is one.`,
    );
  }
  const place = placeOf(config, environment);
  try {
    return { stack, config, recording: await recordProgram(program, { project: NAMESPACE, stack, config, place }) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof ConfigurationError) throw new UsageError(error.message);
    throw new UsageError(`The program of stack ${stack} fails before anything is deployed:\n${errorMessage(error)}`);
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
