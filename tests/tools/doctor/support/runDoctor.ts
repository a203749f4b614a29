import { subscription } from "../../../../local/azure/landingZone/layout";
import type { DeployerCredentials } from "../../../../local/providers/rest/credentials";
import type { JsonReport } from "../../../../tools/doctor/report/examination";
import { onLocalAzure, type Ended } from "../../../support/command";
import type { LocalAzureForTests } from "../../../support/localAzure";
import { runToolCommand } from "../../../support/toolCommand";

/** The variables by which the providers deploy as somebody. */
export const deployingAs = (
  azure: LocalAzureForTests,
  { clientId, clientSecret }: Pick<DeployerCredentials, "clientId" | "clientSecret">,
): Record<string, string> => ({
  ...onLocalAzure(azure),
  ARM_CLIENT_ID: clientId,
  ARM_CLIENT_SECRET: clientSecret,
  ARM_SUBSCRIPTION_ID: subscription.id,
});

/** Runs doctor as a command. */
export const runDoctor = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
  runToolCommand(["doctor", ...args], env);

/** The document of `--json`. */
export const reportIn = ({ stdout }: Ended): JsonReport => JSON.parse(stdout) as JsonReport;
