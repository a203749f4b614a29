import { location, resourceGroupId, workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { type Arm, errorOf } from "../armClient";
import { cluster, compute, outcome, propertiesOf, WorkspaceChildren } from "./workspaceChildren";

let azure: LocalAzureForTests;
let children: WorkspaceChildren;
let arm: Arm;

beforeEach(async () => {
  azure = await LocalAzureForTests.open();
  children = new WorkspaceChildren(azure);
  arm = children.arm;
});
afterEach(() => azure.close());

describe("computes", () => {
  it("are made by an operation, with what Azure fills in", async () => {
    const accepted = await arm.put("administrator", compute, cluster());
    expect([accepted.status, propertiesOf(accepted)["provisioningState"]]).toEqual([201, "Creating"]);
    expect(accepted.headers.get("azure-asyncoperation")).toContain(
      "/Microsoft.MachineLearningServices/locations/westeurope/computeOperationsStatus/",
    );
    expect((await children.follow(accepted))?.body).toMatchObject({ status: "Succeeded" });
    expect((await arm.get("administrator", compute)).body).toMatchObject({
      id: compute,
      name: "cpu-cluster",
      type: "Microsoft.MachineLearningServices/workspaces/computes",
      location,
      properties: {
        computeType: "AmlCompute",
        computeLocation: location,
        disableLocalAuth: false,
        provisioningState: "Succeeded",
        properties: {
          vmSize: "Standard_DS3_v2",
          vmPriority: "Dedicated",
          osType: "Linux",
          enableNodePublicIp: true,
          allocationState: "Steady",
          currentNodeCount: 0,
          scaleSettings: { minNodeCount: 0, maxNodeCount: 2, nodeIdleTimeBeforeScaleDown: "PT120S" },
        },
      },
    });
  });

  it("scale by PUT and by PATCH, and keep what they are made of", async () => {
    await children.make(compute, cluster());
    await children.make(compute, cluster({}, { minNodeCount: 1, maxNodeCount: 4 }));
    expect((await children.act(`${compute}/listNodes`)).body).toMatchObject({ nodes: [{ nodeState: "idle" }] });
    const patched = await arm.send("administrator", "PATCH", compute, {
      properties: { properties: { scaleSettings: { maxNodeCount: 6 } } },
    });
    await children.follow(patched);
    expect(propertiesOf(await arm.get("administrator", compute))).toMatchObject({
      properties: { vmSize: "Standard_DS3_v2", scaleSettings: { minNodeCount: 0, maxNodeCount: 6 } },
    });
    const resized = await arm.put("administrator", compute, cluster({ vmSize: "Standard_D2_v2" }));
    expect(outcome(resized)).toEqual([400, "UserError"]);
    expect(errorOf(resized).message).toContain("vmSize");
  });

  it.each([
    ["a name of one letter", `${workspaceId}/computes/c`, cluster()],
    ["fewer nodes at most than at least", compute, cluster({}, { minNodeCount: 3, maxNodeCount: 2 })],
    ["an idle time that is none", compute, cluster({}, { maxNodeCount: 1, nodeIdleTimeBeforeScaleDown: "2 minutes" })],
    ["no public addresses and no network", compute, cluster({ enableNodePublicIp: false })],
    ["no size", compute, cluster({ vmSize: "" })],
  ])("refuse %s", async (_what, id, body) => {
    expect(outcome(await arm.put("administrator", id, body))).toEqual([400, "UserError"]);
  });

  it("are deleted by an operation, with the identity that was theirs", async () => {
    await children.make(compute, { ...cluster(), identity: { type: "SystemAssigned" } });
    const { identity } = (await arm.get("administrator", compute)).body as { identity: { principalId: string } };
    expect(azure.azure.cloud.directory.principal(identity.principalId)).toMatchObject({ kind: "ServicePrincipal" });
    const deleted = await arm.send("administrator", "DELETE", compute, undefined, "&underlyingResourceAction=Delete");
    expect(deleted.status).toBe(202);
    await children.follow(deleted);
    expect((await arm.get("administrator", compute)).status).toBe(404);
    expect(azure.azure.cloud.directory.principal(identity.principalId)).toBeUndefined();
    expect((await arm.send("administrator", "DELETE", compute)).status).toBe(204);
  });

  it("carry a user-assigned identity", async () => {
    const identity = `${resourceGroupId("rg-daemons")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-trainer`;
    const { principalId, clientId } = propertiesOf(await arm.put("administrator", identity, { location }));
    const assigned = { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } };
    await children.make(compute, { ...cluster(), identity: assigned });
    expect((await arm.get("administrator", compute)).body).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: { principalId, clientId } } },
    });
  });

  it("start and stop where they are instances", async () => {
    const body = {
      location,
      properties: { computeType: "ComputeInstance", properties: { vmSize: "Standard_DS3_v2" } },
    };
    await children.make(compute, body);
    await children.follow(await children.act(`${compute}/stop`));
    expect(propertiesOf(await arm.get("administrator", compute))).toMatchObject({ properties: { state: "Stopped" } });
    await children.make(`${workspaceId}/computes/cluster-2`, cluster());
    expect(outcome(await children.act(`${workspaceId}/computes/cluster-2/stop`))).toEqual([400, "UserError"]);
  });
});
