import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { rightsOf, type RightsList } from "../../../tools/doctor/rights/rightsList";
import { Administrator } from "../../support/delivery";
import { LocalAzureForTests } from "../../support/localAzure";
import { DevStack } from "./support/deployment";
import { devRecording } from "./support/stackRights";
import { LimitedDeployer } from "./support/limitedDeployer";

jest.setTimeout(300_000);

const operations = ["preview", "up", "refresh", "remove", "destroy"] as const;

let azure: LocalAzureForTests;
let deployed: DevStack;
let list: RightsList;

beforeAll(async () => {
  const recording = await devRecording();
  list = rightsOf(recording, "dev", operations);
  azure = await LocalAzureForTests.open({ startsAt: "system" });
  const deployer = await LimitedDeployer.make(new Administrator(azure), list);
  deployed = await DevStack.openAs(azure, deployer.credentials);
});
afterAll(async () => {
  await deployed.close();
  await azure.close();
});

/** What an operation did, by how often. */
async function changesOf(operation: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<unknown> {
  let changes: unknown;
  await operation(({ summaryEvent }) => (changes = summaryEvent?.resourceChanges ?? changes));
  return changes;
}
const up = (stack: Stack): Promise<unknown> => changesOf((onEvent) => stack.up({ onEvent }));

/** The dev stack with another address let in, and without its second daemon. */
const smaller = [
  "vault.allowedIpRanges[1]=198.51.100.0/24",
  "lake.allowedIpRanges[1]=198.51.100.0/24",
  'daemons=[{"name":"forecast-loader","displayName":"Forecast loader","secret":{"rotation":{"startsAt":"2026-01-01T00:00:00Z"}}}]',
];

it("a deployer with just the listed rights makes, reads, changes, takes out and takes down the stack", async () => {
  expect(await up(await deployed.stack())).toMatchObject({ create: expect.any(Number) as number });
  // What a refresh had found changed, up would change back.
  const refreshed = async (onEvent: (event: EngineEvent) => void) =>
    (await deployed.stack()).up({ onEvent, refresh: true });
  expect(await changesOf(refreshed)).toEqual({ same: expect.any(Number) as number });
  expect(await up(await deployed.stack(...smaller))).toMatchObject({
    update: expect.any(Number) as number,
    delete: expect.any(Number) as number,
  });
  expect(await changesOf(async (onEvent) => (await deployed.stack(...smaller)).destroy({ onEvent }))).toEqual({
    delete: expect.any(Number) as number,
  });
});
