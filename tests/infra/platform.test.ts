import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../../infra/configurationError";
import { readConfiguration } from "../../infra/config";
import { program } from "../../infra/program";
import { azure, GROUP_ID, WORKSPACE_ID } from "../support/azureMocks";
import { type Mocks, record } from "../support/mocks";
import { asPulumiHasThem } from "../support/stackSettings";

// A busy machine takes seconds to load Azure's SDKs.
jest.setTimeout(60_000);

const STACK = "organization/azure-daemon-access/platform";
const READER = { objectId: "2f5c1d3e-8a47-4b0c-9d61-7e3f9a5b2c84", principalType: "Group" };
const now = new Date("2030-02-01T00:00:00Z");
const secret = { endDate: "2999-01-01T00:00:00Z" };
const loader = { name: "loader", secret, lake: { fileSystem: "forecasts" } };

const platform = {
  location: "westeurope",
  resourceGroupName: "rg-daemons",
  workspaceId: WORKSPACE_ID,
  platform: { vaults: ["forecasting", "reporting"], fileSystems: ["forecasts"], jobRoles: [{ jobs: ["train"] }] },
  readers: [READER],
};

function configure(settings: Record<string, unknown>): void {
  const raw = Object.entries(asPulumiHasThem(settings)).map(([key, value]) => [`azure-daemon-access:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(raw) as Record<string, string>);
}

const withPlatform = (outputs: Readonly<Record<string, unknown>>): Mocks => ({
  calls: { ...azure.calls, "pulumi:pulumi:readStackOutputs": ({ name }) => ({ name, outputs, secretOutputNames: [] }) },
  resources: {
    ...azure.resources,
    "pulumi:pulumi:StackReference": (_name, { name }) => ({
      id: String(name),
      state: { name, outputs, secretOutputNames: [] },
    }),
  },
});

async function deployedPlatform(): Promise<Readonly<Record<string, unknown>>> {
  configure(platform);
  return (await record(azure, program)).outputs;
}

/** What a team's stack is refused for. */
async function refusals(settings: Record<string, unknown>): Promise<readonly string[]> {
  const outputs = await deployedPlatform();
  configure({ platformStack: { stack: STACK }, ...settings });
  try {
    await record(withPlatform(outputs), program);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("a platform stack", () => {
  it("makes its vaults, its lake and its jobs' roles, and tells other stacks of them", async () => {
    configure(platform);
    const run = await record(azure, program);
    expect(run.resources.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(["kv-forecasting", "kv-reporting", "stdaemons", "stdaemons-forecasts"]),
    );
    expect(run.names("azure-native:authorization:RoleDefinition")).toHaveLength(1);
    expect(run.outputs).toMatchObject({
      platformVersion: 1,
      location: "westeurope",
      resourceGroupName: "rg-daemons",
      "vaultId.forecasting": `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-forecasting01234567`,
      "vaultId.reporting": `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/kv-reporting01234567`,
      fileSystems: ["forecasts"],
      workspaceId: WORKSPACE_ID,
      "jobRoles.train": [WORKSPACE_ID.split("/").slice(0, 5).join("/")],
      readers: [READER],
      daemons: [],
    });
  });

  it("may keep daemons of its own, which use its first vault", async () => {
    configure({ ...platform, daemons: [loader] });
    const run = await record(azure, program);
    expect(run.resource("loader-credential").inputs).toMatchObject({ vaultName: "kv-forecasting01234567" });
  });
});

describe("a stack on a platform", () => {
  it("takes vault, lake, workspace, roles and common readers from it, and makes none of them", async () => {
    const outputs = await deployedPlatform();
    configure({
      platformStack: { stack: STACK, vault: "reporting" },
      daemons: [{ ...loader, machineLearning: { job: "train" } }],
    });
    const run = await record(withPlatform(outputs), program);
    expect(run.resource("loader-credential").inputs).toMatchObject({
      vaultName: "kv-reporting01234567",
      resourceGroupName: "rg-daemons",
    });
    expect(run.names("azure-native:authorization:RoleAssignment").sort()).toEqual([
      `loader-credential-reader-${READER.objectId}`,
      "loader-lake-role",
      "loader-machine-learning-role",
    ]);
    for (const type of [
      "keyvault:Vault",
      "storage:StorageAccount",
      "storage:BlobContainer",
      "authorization:RoleDefinition",
    ]) {
      expect({ type, names: run.names(`azure-native:${type}`) }).toEqual({ type, names: [] });
    }
    expect(run.outputs).toMatchObject({ contractVersion: 1, vaultName: "kv-reporting01234567", daemons: ["loader"] });
    expect(run.outputs).not.toHaveProperty("platformVersion");
  });

  it("reads in a review what the platform is to offer, and in an update what it offers today", async () => {
    const outputs = await deployedPlatform();
    configure({ platformStack: { stack: STACK, vault: "reporting" }, daemons: [loader] });
    const planned = { stack: STACK, outputs: { ...outputs, readers: [] }, pending: ["vaultId.reporting"] };
    pulumi.runtime.setConfig("daemon-access:plannedPlatform", JSON.stringify(planned));
    const readers = async () => {
      const run = await record(withPlatform(outputs), program);
      return run.names("azure-native:authorization:RoleAssignment").filter((name) => name.includes("reader"));
    };
    expect(await readers()).toHaveLength(1);
    jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
    expect(await readers()).toEqual([]);
    jest.restoreAllMocks();
  });

  it.each([
    [
      "a vault that it doesn't have",
      { platformStack: { stack: STACK, vault: "reportng" }, daemons: [{ name: "loader", secret }] },
      'platformStack.vault: got "reportng"; needed a vault of the platform. Did you mean "reporting"?',
    ],
    [
      "a file system that it doesn't have",
      { daemons: [{ ...loader, lake: { fileSystem: "invoices" } }] },
      'daemons[0].lake.fileSystem: got "invoices"; needed a file system of the platform\'s lake. Add it to platform.fileSystems of the platform stack, and deploy that first. It has forecasts.',
    ],
    [
      "a job whose role it doesn't make",
      { daemons: [{ name: "loader", secret, machineLearning: { job: "deploy" } }] },
      `daemons[0].machineLearning.job: got "deploy"; needed a job whose role the platform stack makes in the workspace's resource group. Add the job to platform.jobRoles of the platform stack, with workspaceId ${WORKSPACE_ID}, and deploy that first.`,
    ],
  ])("is refused for %s, before anything is registered", async (_what, settings, line) => {
    expect(await refusals(settings)).toEqual([`azure-daemon-access:${line}`]);
  });

  it("is refused where the stack is no platform", async () => {
    configure({ platformStack: { stack: STACK }, daemons: [loader] });
    await expect(record(withPlatform({ contractVersion: 1 }), program)).rejects.toThrow(
      "is not a platform stack: it has no output platformVersion. Name the stack whose settings have azure-daemon-access:platform.",
    );
  });
});

describe("settings of an estate are refused", () => {
  const problems = (settings: Record<string, unknown>): readonly string[] => {
    try {
      readConfiguration(asPulumiHasThem(settings), now);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  };
  const team = { platformStack: { stack: STACK }, daemons: [loader] };

  it.each([
    [
      "a vault beside a platform stack",
      { ...team, vault: { retentionDays: 30 } },
      /^azure-daemon-access:vault: .*needed nothing, because the platform stack decides it\./,
    ],
    [
      "a platform on a platform",
      { ...team, platform: { vaults: ["daemons"] } },
      /^azure-daemon-access:platform: .*Remove one of platform and platformStack\./,
    ],
    [
      "a stack's name without its organization",
      { ...team, platformStack: { stack: "platform" } },
      /^azure-daemon-access:platformStack\.stack: got "platform"; needed a stack's full name/,
    ],
    [
      "one vault's name for several",
      { ...platform, vault: { name: "kv-one" } },
      /^azure-daemon-access:vault\.name: got "kv-one"; needed nothing, because it is for one vault/,
    ],
    [
      "a vault twice",
      { ...platform, platform: { vaults: ["a", "a"] } },
      /^azure-daemon-access:platform\.vaults\[1\]: got "a"; needed each once/,
    ],
    [
      "no daemon and no platform",
      { location: "westeurope", resourceGroupName: "rg" },
      /^azure-daemon-access:daemons: got nothing; needed at least one daemon/,
    ],
    [
      "no daemons on a platform, without saying so",
      { platformStack: { stack: "organization/azure-daemon-access/platform" } },
      /^azure-daemon-access:daemons: got nothing; needed at least one daemon.*or write \[\], where they have yet to move in/,
    ],
    [
      "no place",
      { daemons: [{ name: "loader", secret }], resourceGroupName: "rg" },
      /^azure-daemon-access:location: got nothing/,
    ],
  ])("for %s", (_what, settings, line) => {
    expect(problems(settings)).toEqual([expect.stringMatching(line)]);
  });
});
