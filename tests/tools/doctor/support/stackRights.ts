import { program } from "../../../../infra/program";
import { readStackFile } from "../../../../tools/doctor/program/stackFile";
import { recordProgram, type Recording } from "../../../../tools/doctor/program/recording";
import { subscription, tenant, workspaceId } from "../../../../local/azure/landingZone/layout";
import { projectRoot } from "../../../../local/stateDirectory";

export const place = { tenantId: tenant.id, subscriptionId: subscription.id };

/** What the stack dev declares, as Pulumi.dev.yaml has it. */
export function devRecording(): Promise<Recording> {
  const project = "azure-daemon-access";
  const { config } = readStackFile(projectRoot, "dev", project);
  return recordProgram(program, { project, stack: "dev", config, place });
}

/** A daemon with a secret; more as the test says. */
export const daemon = (more: object = {}): object => ({
  name: "forecast-loader",
  secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
  ...more,
});

/** What the stack declares with these daemons, and other settings. */
export function recordingOf(
  daemons: readonly object[],
  settings: Readonly<Record<string, object>> = {},
): Promise<Recording> {
  const prefix = "azure-daemon-access:";
  const structures = Object.entries({ ...settings, daemons }).map(
    ([name, value]) => [`${prefix}${name}`, JSON.stringify(value)] as const,
  );
  const config = {
    [`${prefix}location`]: "westeurope",
    [`${prefix}resourceGroupName`]: "rg-daemons",
    [`${prefix}workspaceId`]: workspaceId,
    ...Object.fromEntries(structures),
  };
  return recordProgram(program, { project: "azure-daemon-access", stack: "test", config, place });
}
