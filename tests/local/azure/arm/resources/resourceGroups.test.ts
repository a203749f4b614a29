import { subscription, tenant } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const scope = `/subscriptions/${subscription.id}`;
const namesOf = ({ body }: ArmReply): string[] => (body as { value: { name: string }[] }).value.map(({ name }) => name);

describe("subscriptions and resource groups", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeAll(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterAll(() => azure.close());

  it("show the subscription to those who have a role in it", async () => {
    const shown = await arm.get("deployer", scope);
    expect([shown.status, shown.body]).toMatchObject([
      200,
      {
        id: scope,
        subscriptionId: subscription.id,
        tenantId: tenant.id,
        state: "Enabled",
        authorizationSource: "RoleBased",
      },
    ]);
    expect((await arm.get("deployer", "/subscriptions")).body).toMatchObject({ value: [{ id: scope }] });
    expect((await arm.get("stranger", "/subscriptions")).body).toMatchObject({ value: [] });
    const refused = await arm.get("stranger", scope);
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
  });

  it("list the tenant, the regions and the providers", async () => {
    expect((await arm.get("stranger", "/tenants")).body).toMatchObject({ value: [{ tenantId: tenant.id }] });
    expect(namesOf(await arm.get("deployer", `${scope}/locations`))).toContain("westeurope");
    const { body } = await arm.get("deployer", `${scope}/providers`);
    const states = Object.fromEntries(
      (body as { value: { namespace: string; registrationState: string }[] }).value.map((one) => [
        one.namespace,
        one.registrationState,
      ]),
    );
    expect(states).toMatchObject({
      "Microsoft.KeyVault": "Registered",
      "Microsoft.MachineLearningServices": "Registered",
      "Microsoft.Compute": "NotRegistered",
    });
  });

  it("make, change, show and list a resource group", async () => {
    const id = group("rg-one");
    const body = {
      id,
      name: "rg-one",
      type: "Microsoft.Resources/resourceGroups",
      location: "westeurope",
      tags: { team: "forecast" },
      properties: { provisioningState: "Succeeded" },
    };
    const path = id.replace("resourceGroups", "resourcegroups");
    const made = await arm.put("administrator", path, { location: "West Europe", tags: { team: "forecast" } });
    expect([made.status, made.body]).toEqual([201, body]);
    const again = await arm.put("administrator", id.toUpperCase(), { location: "westeurope" });
    expect([again.status, again.body]).toEqual([200, { ...body, tags: {} }]);
    const patched = await arm.send("administrator", "PATCH", id, { tags: { team: "reports" } });
    expect([patched.status, patched.body]).toEqual([200, { ...body, tags: { team: "reports" } }]);
    expect((await arm.send("administrator", "HEAD", id)).status).toBe(204);
    expect((await arm.send("administrator", "HEAD", group("rg-none"))).status).toBe(404);
    expect(namesOf(await arm.get("administrator", `${scope}/resourceGroups`))).toContain("rg-one");
  });

  it("show a caller only the groups it has a role in", async () => {
    expect(namesOf(await arm.get("consumer", `${scope}/resourceGroups`))).toEqual(["rg-daemons"]);
  });

  it("refuse a resource group that is not well formed", async () => {
    await arm.put("administrator", group("rg-place"), { location: "westeurope" });
    const replies = [
      await arm.put("administrator", group("rg-bad."), { location: "westeurope" }),
      await arm.put("administrator", group("rg-new"), {}),
      await arm.put("administrator", group("rg-new"), { location: "atlantis" }),
      await arm.put("administrator", group("rg-place"), { location: "northeurope" }),
      await arm.put("administrator", group("rg-new"), { location: "westeurope", tags: { one: 1 } }),
      await arm.put("deployer", group("rg-new"), { location: "westeurope" }),
    ];
    expect(replies.map((reply) => [reply.status, errorOf(reply).code])).toEqual([
      [400, "InvalidResourceGroupName"],
      [400, "LocationRequired"],
      [400, "LocationNotAvailableForResourceGroup"],
      [409, "InvalidResourceGroupLocation"],
      [400, "InvalidRequestContent"],
      [403, "AuthorizationFailed"],
    ]);
  });

  it("list the resources of a group and of the subscription", async () => {
    const inGroup = await arm.get("administrator", `${group("rg-machine-learning")}/resources`);
    expect(namesOf(inGroup).sort()).toEqual(["crmlwforecast", "kv-mlw-forecast", "mlw-forecast", "stmlwforecast"]);
    const vaults = await arm.get(
      "administrator",
      `${scope}/resources`,
      "&$filter=resourceType eq 'microsoft.keyvault/vaults'",
    );
    expect(vaults.body).toEqual({
      value: [
        expect.objectContaining({ name: "kv-mlw-forecast", type: "Microsoft.KeyVault/vaults", location: "westeurope" }),
      ],
    });
    expect(namesOf(await arm.get("deployer", `${scope}/resources`))).toEqual(["contosodatalake", "mlw-forecast"]);
  });

  it("delete a group with all that is in it, while the client polls its Location", async () => {
    const id = group("rg-short");
    await arm.put("administrator", id, { location: "westeurope" });
    const identity = `${id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-short`;
    await arm.put("administrator", identity, { location: "westeurope" });
    const accepted = await arm.send("administrator", "DELETE", id);
    const location = accepted.headers.get("location") ?? "";
    expect([accepted.status, accepted.body]).toEqual([202, ""]);
    expect(location).toMatch(
      new RegExp(`^https://management.azure.com${scope}/operationresults/[0-9a-f-]{36}\\?api-version=2024-03-01`),
    );
    expect(accepted.headers.get("retry-after-ms")).toBe("1");
    expect((await arm.get("administrator", id)).body).toMatchObject({ properties: { provisioningState: "Deleting" } });
    const during = await arm.put("administrator", id, { location: "westeurope" });
    expect([during.status, errorOf(during).code]).toEqual([409, "ResourceGroupBeingDeleted"]);
    expect((await arm.follow("administrator", location)).map(({ status }) => status)).toEqual([202, 200]);
    expect((await arm.get("administrator", id)).status).toBe(404);
    await arm.put("administrator", id, { location: "westeurope" });
    expect((await arm.get("administrator", identity)).status).toBe(404);
  });

  it("end a deletion that nobody polls", async () => {
    const id = group("rg-unattended");
    await arm.put("administrator", id, { location: "westeurope" });
    await arm.send("administrator", "DELETE", id);
    azure.clock.advance({ seconds: 5 });
    expect((await arm.send("administrator", "HEAD", id)).status).toBe(404);
  });

  it("miss an operation that never was", async () => {
    const reply = await arm.get("administrator", `${scope}/operationresults/00000000-0000-0000-0000-000000000000`);
    expect(reply.status).not.toBe(200);
  });
});
