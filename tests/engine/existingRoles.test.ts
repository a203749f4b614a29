import { identities, resourceGroupId, resourceGroups, workspaceId } from "../../local/azure/landingZone/layout";
import { told } from "./settings/groups";
import { inventory } from "./settings/inventory";
import { ChangingStack } from "./support/changingStack";
import { HostedStack } from "./support/hostedStack";

jest.setTimeout(180_000);

const settings = (machineLearningRoles: string, job?: string): object => ({
  location: "westeurope",
  resourceGroupName: resourceGroups.daemons,
  workspaceId,
  machineLearningRoles,
  vault: { allowedIpRanges: ["203.0.113.0/24"] },
  daemons: [
    {
      name: "loader",
      secret: { endDate: "2027-01-01T00:00:00Z" },
      ...(job !== undefined && { machineLearning: { job } }),
    },
  ],
});

describe("a job's role that another program is to make from now on", () => {
  let stack: ChangingStack;
  const roles = async (): Promise<string[]> => (await inventory(stack.local)).filter((line) => /^role /.test(line));

  beforeAll(async () => {
    stack = await ChangingStack.open();
    expect((await stack.run("up", settings("managed", "train"))).errors).toEqual([]);
  });
  afterAll(() => stack.close());

  it("stays with its assignment, and is no longer this stack's to delete", async () => {
    const before = await roles();
    const made = (line: string): boolean => line.includes("name = Daemon: train");
    expect(before.filter(made)).toHaveLength(1);
    const { errors, steps } = await stack.run("up", settings("existing", "train"));
    expect(errors).toEqual([]);
    expect(told(steps)).toEqual([]);
    expect(await roles()).toEqual(before);
    expect((await stack.run("up", settings("existing"))).errors).toEqual([]);
    expect((await roles()).filter(made)).toHaveLength(1);
  });
});

describe("a job's role that is not there", () => {
  let stack: HostedStack;
  const preview = () => {
    const daemon = { name: "trainer", managedIdentity: {}, machineLearning: { job: "train" } };
    const settings = ["machineLearningRoles=existing", `daemons[2]=${JSON.stringify(daemon)}`];
    return stack.cli.run("preview", ...settings.flatMap((each) => ["--config", each]));
  };

  beforeAll(async () => {
    stack = await HostedStack.open();
  });
  afterAll(() => stack.close());

  it("keeps nobody from a preview who may not read it", async () => {
    expect(await preview()).toMatchObject({ code: 0 });
  });

  it("is refused with the setting that needs it", async () => {
    const roleDefinitionId = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const scope = resourceGroupId(resourceGroups.machineLearning);
    stack.local.azure.cloud.access.seed({ principalId: identities.deployer.objectId, roleDefinitionId, scope });
    const { code, stdout, stderr } = await preview();
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toMatch(
      /daemons\[2\]\.machineLearning\.job: got "train"; needed a job whose role exists.*there is no role "Daemon: train in rg-machine-learning \(8e1b0a4c\)"\. Deploy the stack that creates it first/,
    );
  });
});
