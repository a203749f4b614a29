import { MachineLearningCompute, type MachineLearningComputeArgs } from "../../../components/index";
import { azure, GROUP_ID, WORKSPACE_ID } from "../../support/azureMocks";
import { record } from "../../support/mocks";
import { problemsOf } from "../../support/refusals";

const identityId = `${GROUP_ID}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-trainer`;
const subnetId = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet`;
const args: MachineLearningComputeArgs = { workspaceId: WORKSPACE_ID, location: "westeurope" };

const made = async (extra: Partial<MachineLearningComputeArgs> = {}) => {
  const run = await record(azure, () => new MachineLearningCompute("cpu-cluster", { ...args, ...extra }));
  return run.resource("cpu-cluster-compute").inputs;
};

describe("a cluster of a workspace", () => {
  it("works as a managed identity, has no nodes without work and lets nobody sign in", async () => {
    expect(await made({ identityId })).toEqual({
      resourceGroupName: "rg-daemons",
      workspaceName: "mlw-forecast",
      computeName: "cpu-cluster",
      location: "westeurope",
      identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
      properties: {
        computeType: "AmlCompute",
        disableLocalAuth: true,
        properties: {
          osType: "Linux",
          vmSize: "Standard_DS3_v2",
          vmPriority: "Dedicated",
          enableNodePublicIp: true,
          remoteLoginPortPublicAccess: "Disabled",
          scaleSettings: { minNodeCount: 0, maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT120S" },
        },
      },
    });
  });

  it("has no public addresses in a subnet of its own, or where it is told", async () => {
    const inner = async (extra: Partial<MachineLearningComputeArgs>) =>
      ((await made(extra))["properties"] as { properties: object }).properties;
    expect(await inner({ subnetId })).toMatchObject({ enableNodePublicIp: false, subnet: { id: subnetId } });
    expect(await inner({ publicIp: false })).toMatchObject({ enableNodePublicIp: false });
    expect(await inner({ subnetId, publicIp: true })).toMatchObject({ enableNodePublicIp: true });
  });

  it("takes its size, its scale and its priority from the arguments", async () => {
    const given = { vmSize: "Standard_NC6s_v3", minNodes: 1, maxNodes: 4, idleSeconds: 600, lowPriority: true };
    expect(await made({ ...given, computeName: "gpu", tags: { team: "forecast" } })).toMatchObject({
      computeName: "gpu",
      tags: { team: "forecast" },
      identity: { type: "None" },
      properties: {
        properties: {
          vmSize: "Standard_NC6s_v3",
          vmPriority: "LowPriority",
          scaleSettings: { minNodeCount: 1, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT600S" },
        },
      },
    });
  });

  it("tells every problem of its arguments at once", async () => {
    const wrong = {
      workspaceId: "mlw",
      location: "West Europe",
      computeName: "c",
      identityId: "id-trainer",
      vmSize: "big",
      minNodes: 3,
      maxNodes: 2,
      idleSeconds: 1,
      subnetId: "snet",
    };
    expect(await problemsOf(() => new MachineLearningCompute("cpu-cluster", wrong))).toEqual([
      expect.stringContaining('workspaceId: got "mlw"; needed the resource ID of an Azure Machine Learning workspace.'),
      expect.stringContaining('location: got "West Europe"; needed a region\'s short name'),
      'computeName: got "c"; needed a compute\'s name: 3 to 24 letters, digits and hyphens, a letter first and no hyphen with a number last. Write, for example, "cpu-cluster".',
      expect.stringContaining(
        'identityId: got "id-trainer"; needed the resource ID of a user-assigned managed identity.',
      ),
      'vmSize: got "big"; needed a size of virtual machine by its full name. Write, for example, "Standard_DS3_v2".',
      "minNodes: got 3; needed no more than maxNodes, which is 2. Change one of them.",
      "idleSeconds: got 1; needed a whole number of seconds from 30 to 604800. Write, for example, 604800.",
      expect.stringContaining('subnetId: got "snet"; needed the resource ID of a subnet.'),
    ]);
  });

  it("judges the name that Azure would get from the component's", async () => {
    expect(await problemsOf(() => new MachineLearningCompute("1", args))).toEqual([
      expect.stringContaining('name: got "1"; needed a compute\'s name'),
    ]);
  });
});
