import * as machinelearningservices from "@pulumi/azure-native/machinelearningservices";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import {
  DaemonManagedIdentity,
  MachineLearningAccess,
  MachineLearningCompute,
  type MachineLearningComputeArgs,
} from "../../components/index";
import { location, resourceGroups, workspace, workspaceId } from "../../local/azure/landingZone/layout";
import { Arm } from "../local/azure/arm/armClient";
import { Deployment } from "../local/providers/deployment";

jest.setTimeout(300_000);

const cluster = `${workspaceId}/computes/cpu-cluster`;

const program =
  (change: Partial<MachineLearningComputeArgs> = {}): PulumiFn =>
  () => {
    const trainer = new DaemonManagedIdentity("id-trainer", { resourceGroupName: resourceGroups.daemons, location });
    new MachineLearningAccess("trainer", { principal: trainer, workspaceId, job: "read" });
    const made = new MachineLearningCompute("cpu-cluster", {
      workspaceId,
      location,
      identityId: trainer.resourceId,
      ...change,
    });
    return Promise.resolve({ computeId: made.computeId, identityId: trainer.resourceId });
  };

describe("a cluster of a workspace, deployed", () => {
  let deployment: Deployment;
  let arm: Arm;

  beforeAll(async () => {
    deployment = await Deployment.open();
    arm = new Arm(deployment.local);
  });
  afterAll(() => deployment.close());

  const deploy = async (change: Partial<MachineLearningComputeArgs> = {}) => {
    const stack = await deployment.stack("cluster", program(change));
    const { outputs, summary } = await stack.up({ color: "never" });
    return { outputs, changes: summary.resourceChanges };
  };
  const found = async () => (await arm.get("administrator", cluster)).body as { properties: { properties: object } };

  it("works as the identity, and is there when the engine says so", async () => {
    const { outputs } = await deploy();
    expect(outputs["computeId"]?.value).toBe(cluster);
    const identityId = String(outputs["identityId"]?.value);
    expect(await found()).toMatchObject({
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: { [identityId]: { principalId: expect.any(String) as string } },
      },
      properties: { provisioningState: "Succeeded", disableLocalAuth: true },
    });
  });

  it("stays as it is on the next run, and shows no drift", async () => {
    expect((await deploy()).changes).toEqual({ same: expect.any(Number) as number });
    const stack = await deployment.stack("cluster", program());
    expect((await stack.refresh({ color: "never" })).summary.resourceChanges).toEqual({
      same: expect.any(Number) as number,
    });
  });

  it("scales in place", async () => {
    expect((await deploy({ maxNodes: 4 })).changes).toMatchObject({ update: 1 });
    expect((await found()).properties.properties).toMatchObject({ scaleSettings: { maxNodeCount: 4 } });
  });

  it("is made anew for what Azure does not change, the old one gone first", async () => {
    const { requests, result } = await deployment.requestsDuring(() =>
      deploy({ maxNodes: 4, vmSize: "Standard_D2_v2" }),
    );
    expect(result.changes).toMatchObject({ replace: 1 });
    const writes = requests.filter(({ path, method }) => path.endsWith("/computes/cpu-cluster") && method !== "GET");
    expect(writes.map(({ method }) => method)).toEqual(["DELETE", "PUT"]);
    expect((await found()).properties.properties).toMatchObject({ vmSize: "Standard_D2_v2" });
  });

  it("is imported as it stands", async () => {
    const stack = await deployment.stack("imported", () => {
      new machinelearningservices.Compute(
        "cluster",
        {
          resourceGroupName: resourceGroups.machineLearning,
          workspaceName: workspace.name,
          computeName: "cpu-cluster",
          location,
          properties: { computeType: "AmlCompute" },
        },
        { import: cluster, ignoreChanges: ["properties", "identity"], retainOnDelete: true },
      );
      return Promise.resolve({});
    });
    expect((await stack.up({ color: "never" })).summary.resourceChanges).toMatchObject({ import: 1 });
  });

  it("goes with the stack", async () => {
    const stack = await deployment.stack("cluster", program());
    await stack.destroy({ color: "never" });
    expect((await arm.get("administrator", cluster)).status).toBe(404);
  });
});
