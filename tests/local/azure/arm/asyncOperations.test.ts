import { LocalAzureForTests } from "../../../support/localAzure";
import { Arm, group } from "./armClient";

describe("long-running operations", () => {
  let azure: LocalAzureForTests;

  beforeEach(async () => {
    azure = await LocalAzureForTests.open();
  });
  afterEach(() => azure.close());

  it("go on after a restart, at the address they were given", async () => {
    const arm = new Arm(azure);
    const id = group("rg-restarted");
    await arm.put("administrator", id, { location: "westeurope" });
    const accepted = await arm.send("administrator", "DELETE", id);
    await azure.restart();
    expect((await arm.get("administrator", id)).body).toMatchObject({ properties: { provisioningState: "Deleting" } });
    const polls = await arm.follow("administrator", accepted.headers.get("location") ?? "");
    expect(polls.map(({ status }) => status)).toEqual([202, 200]);
    expect((await arm.get("administrator", id)).status).toBe(404);
  });

  it("keep their outcome after a restart", async () => {
    const arm = new Arm(azure);
    const id = group("rg-restarted");
    await arm.put("administrator", id, { location: "westeurope" });
    const location = (await arm.send("administrator", "DELETE", id)).headers.get("location") ?? "";
    await arm.follow("administrator", location);
    await azure.restart();
    expect((await arm.raw("administrator", "GET", location)).status).toBe(200);
  });

  it("leave what ARM holds as it was across a restart", async () => {
    const arm = new Arm(azure);
    const identity = `${group("rg-kept")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-kept`;
    const assignment = `${group("rg-kept")}/providers/Microsoft.Authorization/roleAssignments/5f2b1c1e-7c0e-4bb0-8d6f-0f9a3c6b7d10`;
    await arm.put("administrator", group("rg-kept"), { location: "westeurope", tags: { keep: "yes" } });
    const made = await arm.put("administrator", identity, { location: "westeurope" });
    const { principalId } = (made.body as { properties: { principalId: string } }).properties;
    const roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    await arm.put("administrator", assignment, { properties: { roleDefinitionId, principalId } });
    const read = () =>
      Promise.all([group("rg-kept"), identity, assignment].map((path) => arm.get("administrator", path)));
    const before = (await read()).map(({ status, body }) => [status, body]);
    await azure.restart();
    expect((await read()).map(({ status, body }) => [status, body])).toEqual(before);
    expect(before.map(([status]) => status)).toEqual([200, 200, 200]);
  });
});
