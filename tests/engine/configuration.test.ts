import { existsSync } from "node:fs";
import { neighbour } from "../../local/azure/landingZone/layout";
import { stateFile } from "../../local/stack/stateFile";
import { projectRoot } from "../../local/stateDirectory";
import type { Finished } from "../local/cli/commandLine";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(120_000);

let stack: HostedStack;

beforeAll(async () => {
  stack = await HostedStack.open();
});

afterAll(() => stack.close());

const settings = (...entries: string[]): string[] => entries.flatMap((entry) => ["--config", entry]);

/** Runs `up`, and sees that nothing has begun. */
async function refused(...entries: string[]): Promise<Finished> {
  const { requests, result } = await stack.requestsDuring(() => stack.cli.run("up", ...settings(...entries)));
  expect(requests).toEqual([]);
  expect(existsSync(stateFile(stack.state, projectRoot, "dev"))).toBe(false);
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/^\s+at /m);
  expect(result.code).toBe(2);
  return result;
}

it("tells every problem of a configuration in one run, before anything is registered", async () => {
  const { stdout, stderr } = await refused(
    "location=West Europe",
    "vault.retensionDays=30",
    "readers[0].objectId=nope",
    "lake.accountName=My-Lake",
    "daemons[0].graph.permissions[0]=User.Read.Al",
    "daemons[0].secret.rotation.startsAt=2026-01-01T00:00:00",
    "daemons[0].lake.fileSystem=Fore_casts",
    "daemons[1].name=forecast-loader",
    "daemons[1].lake.role=Storage Blob Data Writer",
    "daemons[2].displayName=Third",
  );
  const problems = stderr.split("\n").filter((line) => line.startsWith("  azure-daemon-access:"));
  expect(problems.map((line) => /^ {2}azure-daemon-access:(\S+):/.exec(line)?.[1]).sort()).toEqual([
    "daemons[0].graph.permissions[0]",
    "daemons[0].lake.fileSystem",
    "daemons[0].secret.rotation.startsAt",
    "daemons[1].lake.role",
    "daemons[1].name",
    "daemons[2].name",
    "daemons[2].secret",
    "lake.accountName",
    "location",
    "readers[0].objectId",
    "vault.retensionDays",
  ]);
  expect(stderr).toContain("The configuration of this stack has 11 problems, and nothing was deployed:");
  expect(stdout).toBe("");
});

it.each([
  ["location=West Europe", 'location: got "West Europe"', 'Write "westeurope".'],
  ["vault.retensionDays=30", "vault.retensionDays: unknown setting.", 'Did you mean "retentionDays"?'],
  ["readers[0].objectId=nope", 'readers[0].objectId: got "nope"', "an object ID, which is a GUID"],
  ["lake.accountName=My-Lake", 'lake.accountName: got "My-Lake"', "3 to 24 lowercase letters and digits"],
  ["daemons[0].graph.permissions[0]=User.Read.Al", 'got "User.Read.Al"', 'Did you mean "User.Read.All"?'],
  ["daemons[0].secret.rotation.startsAt=2026-01-01T00:00:00", 'got "2026-01-01T00:00:00"', "with its zone"],
  ["daemons[1].name=forecast-loader", "daemons[1].name", "daemons[0] has it already"],
  ["daemons[2].displayName=Third", "daemons[2].name: got nothing", "daemons[2].secret: got nothing"],
])("%s is refused by its key, with what was given and what to write", async (entry, given, help) => {
  const { stderr } = await refused(entry);
  expect(stderr).toContain(given);
  expect(stderr).toContain(help);
});

it.each([
  ["vault=true", "vault"],
  ["daemons=5", "daemons"],
  ["daemons[0]=text", "daemons[0]"],
  ["daemons[0].lake=yes", "daemons[0].lake"],
  ["tags=[1]", "tags"],
  ["readers=text", "readers"],
  ["vault.retentionDays=long", "vault.retentionDays"],
])("%s, of the wrong type, is refused by its key", async (entry, key) => {
  const { stderr } = await refused(entry);
  expect(stderr).toContain(`azure-daemon-access:${key}`);
});

it.each(["azure-native:environment", "azuread:environment"])(
  "refuses another cloud, which %s leads to",
  async (key) => {
    const { stderr } = await refused(`${key}=usgovernment`);
    expect(stderr).toContain(`${key}: got "usgovernment"; needed Azure's public cloud`);
  },
);

it("refuses to look up, or to write by its name, what lies in another subscription, with nothing begun", async () => {
  const workspaceId = `/subscriptions/${neighbour.id}/resourceGroups/${neighbour.resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${neighbour.workspace}`;
  const accountId = workspaceId.replace(/Microsoft.*/, "Microsoft.Storage/storageAccounts/stmlwresearch");
  const entries = settings(
    `workspaceId=${workspaceId}`,
    "daemons[0].machineLearning.job=train",
    "daemons[0].machineLearning.linkedResources.lookUp[0]=vault",
    `lake={"existing":{"accountId":"${accountId}","createFileSystems":true}}`,
  );
  const { requests, result } = await stack.requestsDuring(() => stack.cli.run("up", ...entries));
  const told = `${result.stdout}${result.stderr}`;
  expect(told).toContain(`azure-daemon-access:lake.existing.accountId: got "/subscriptions/${neighbour.id}/`);
  expect(told).toContain("azure-daemon-access:daemons[0].machineLearning.linkedResources.lookUp: got");
  expect(told).toContain("Name the resources by their IDs: storageAccountId, containerRegistryId, vaultId.");
  expect(result.code).not.toBe(0);
  expect(requests.filter(({ host }) => !host.startsWith("login."))).toEqual([]);
});
