import type { Stack } from "@pulumi/pulumi/automation";
import { program } from "../../infra/program";
import { identities, resourceGroupId, resourceGroups } from "../../local/azure/landingZone/layout";
import { Teams } from "../examples/consumers/teams";

jest.setTimeout(300_000);

const SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
const vaultScope = "https://vault.azure.net/.default";
const platformStack = { stack: "organization/azure-daemon-access/platform" };

/** What the development stack has, and a stack of an estate has not. */
const without = { vault: undefined, lake: undefined, machineLearningRoles: undefined, daemons: undefined };

const platform = {
  ...without,
  platform: { vaults: ["forecasting", "reporting"], fileSystems: ["forecasts"] },
  // Who takes a daemon away deletes its secret in the vault, which Azure lets nobody do through Resource Manager.
  vault: { allowedIpRanges: ["203.0.113.0/24"] },
  readers: [{ objectId: identities.consumer.objectId, principalType: "ServicePrincipal" }],
};

const team = (vault: string, daemon: string, displayName = daemon) => ({
  ...without,
  location: undefined,
  resourceGroupName: undefined,
  workspaceId: undefined,
  tags: undefined,
  readers: undefined,
  platformStack: { ...platformStack, vault },
  daemons: [
    {
      name: daemon,
      displayName,
      secret: { rotation: { startsAt: "2026-01-01T00:00:00Z" } },
      lake: { fileSystem: "forecasts" },
    },
  ],
});

describe("a platform stack and two teams' stacks on the real engine", () => {
  let teams: Teams;
  let shared: Stack;
  let forecasting: Stack;

  beforeAll(async () => {
    teams = await Teams.open();
    const { objectId: principalId } = identities.deployer;
    const scope = resourceGroupId(resourceGroups.daemons);
    teams.local.azure.cloud.access.seed({ principalId, roleDefinitionId: SECRETS_OFFICER, scope });
    shared = await teams.owners("platform", program, platform);
    await shared.up({ color: "never" });
    forecasting = await teams.owners("forecasting", program, team("forecasting", "forecast-loader"));
  });

  afterAll(() => teams.close());

  const read = async (uri: string): Promise<string> => {
    const { body } = await teams.local.call("consumer", vaultScope, "GET", `${uri}?api-version=7.5`);
    return (body as { readonly value: string }).value;
  };

  it("deliver each team's credential at once, two into one vault and all to one lake, for the platform's readers", async () => {
    const reporting = await teams.owners("reporting", program, team("reporting", "report-mailer"));
    const planning = await teams.owners("planning", program, team("forecasting", "plan-loader"));
    await Promise.all([forecasting, reporting, planning].map((stack) => stack.up({ color: "never" })));
    for (const stack of [forecasting, reporting, planning]) {
      const { changeSummary } = await stack.preview({ color: "never" });
      expect(Object.keys(changeSummary)).toEqual(["same"]);
    }
    const outputs = [await forecasting.outputs(), await reporting.outputs()];
    expect(outputs.map(({ vaultName }) => String(vaultName?.value).replace(/[0-9a-f]{8}$/, ""))).toEqual([
      "kv-forecasting",
      "kv-reporting",
    ]);
    const beside = await planning.outputs();
    expect(beside["vaultName"]?.value).toBe(outputs[0]?.["vaultName"]?.value);
    for (const uri of [outputs[0]?.["forecast-loader.secretUri"], beside["plan-loader.secretUri"]]) {
      expect(await read(String(uri?.value))).toContain("clientSecret");
    }
  });

  it("overwrite no other team's credential in their vault: whoever comes second is told", async () => {
    const uri = String((await forecasting.outputs())["forecast-loader.secretUri"]?.value);
    const before = await read(uri);
    const second = await teams.owners("second", program, team("forecasting", "forecast-loader", "Another loader"));
    await expect(second.up({ color: "never" })).rejects.toThrow(
      /cannot create already existing resource '[^']*\/vaults\/[^/']*\/secrets\/forecast-loader-credential'/,
    );
    expect(await read(uri)).toBe(before);
    await second.destroy({ color: "never" });
    expect(await read(uri)).toBe(before);
  });

  it("change nothing in another run", async () => {
    expect((await shared.up({ color: "never" })).summary.resourceChanges).toEqual({
      same: expect.any(Number) as number,
    });
    const { changeSummary } = await forecasting.preview({ color: "never" });
    expect(Object.keys(changeSummary)).toEqual(["same"]);
  });

  it("leave the platform as it is when a team's stack is destroyed", async () => {
    await forecasting.destroy({ color: "never" });
    const { changeSummary } = await shared.preview({ color: "never" });
    expect(Object.keys(changeSummary)).toEqual(["same"]);
  });
});
