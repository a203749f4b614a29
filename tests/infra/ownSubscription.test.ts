import type { Configuration } from "../../infra/config";
import { checkSubscriptions } from "../../infra/ownSubscription";
import { azure, GROUP_ID, SUBSCRIPTION_ID } from "../support/azureMocks";
import { record } from "../support/mocks";

const OTHER = GROUP_ID.replace(SUBSCRIPTION_ID, "00000000-0000-0000-0000-000000000001");
const workspace = (group: string): string => `${group}/providers/Microsoft.MachineLearningServices/workspaces/mlw`;
const vaultId = (group: string): string => `${group}/providers/Microsoft.KeyVault/vaults/kv`;
const accountId = (group: string): string => `${group}/providers/Microsoft.Storage/storageAccounts/st`;

interface Settings {
  readonly vault?: object;
  readonly lake?: object;
  readonly platformStack?: object;
  readonly workspaceId?: string;
  readonly daemons?: readonly object[];
}

/** The problems' lines; empty where nothing is refused. */
async function problemsOf(settings: Settings): Promise<string> {
  let told = "";
  await record(azure, async () => {
    await checkSubscriptions({ daemons: [], ...settings } as unknown as Configuration).catch((error: unknown) => {
      told = String(error);
    });
  });
  return told;
}

const lookUp = { linkedResources: { lookUp: ["storageAccount"] } };

describe("what is addressed by name in the stack's own subscription", () => {
  it.each<[string, Settings]>([
    ["vault.existing.vaultId", { vault: { existing: { vaultId: vaultId(OTHER) } } }],
    [
      "platformStack.vault",
      { vault: { existing: { vaultId: vaultId(OTHER) } }, platformStack: { stack: "organization/p/platform" } },
    ],
    [
      "lake.existing.accountId",
      {
        lake: { existing: { accountId: accountId(OTHER), createFileSystems: true } },
        daemons: [{}, { lake: { fileSystem: "forecasts" } }],
      },
    ],
    [
      "daemons[1].machineLearning.linkedResources.lookUp",
      { workspaceId: workspace(OTHER), daemons: [{}, { machineLearning: lookUp }] },
    ],
    [
      "daemons[0].machineLearning.linkedResources.lookUp",
      {
        workspaceId: workspace(GROUP_ID),
        daemons: [{ machineLearning: { ...lookUp, workspaceId: workspace(OTHER) } }],
      },
    ],
  ])("is refused elsewhere: %s", async (path, settings) => {
    const told = await problemsOf(settings);
    expect(told).toContain(`azure-daemon-access:${path}: got `);
    expect(told).toContain(`needed one in the subscription that this program deploys to, ${SUBSCRIPTION_ID}`);
  });

  it("is told of together", async () => {
    const lake = { existing: { accountId: accountId(OTHER), createFileSystems: true } };
    const told = await problemsOf({
      vault: { existing: { vaultId: vaultId(OTHER) } },
      lake,
      daemons: [{ lake: { fileSystem: "forecasts" } }],
    });
    expect(told).toMatch(/vault\.existing\.vaultId: got .*\n.*lake\.existing\.accountId: got /);
  });
});

describe("another subscription is no matter", () => {
  it.each<[string, Settings]>([
    ["of the stack itself", { vault: { existing: { vaultId: vaultId(GROUP_ID) } } }],
    [
      "of a lake in which only roles are given",
      { lake: { existing: { accountId: accountId(OTHER) } }, daemons: [{ lake: { fileSystem: "forecasts" } }] },
    ],
    ["of a lake that no daemon uses", { lake: { existing: { accountId: accountId(OTHER), createFileSystems: true } } }],
    [
      "of a workspace whose links are not looked up",
      {
        workspaceId: workspace(OTHER),
        daemons: [{ machineLearning: {} }, { machineLearning: { linkedResources: {} } }],
      },
    ],
    [
      "of a workspace that a daemon has in place of the stack's",
      {
        workspaceId: workspace(OTHER),
        daemons: [{ machineLearning: { ...lookUp, workspaceId: workspace(GROUP_ID) } }],
      },
    ],
  ])("%s", async (_, settings) => {
    expect(await problemsOf(settings)).toBe("");
  });
});
