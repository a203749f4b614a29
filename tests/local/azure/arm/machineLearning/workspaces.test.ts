import { randomUUID } from "node:crypto";
import { identities, subscription, tenant, workspaceId } from "../../../../../local/azure/landingZone/layout";
import { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, group, type ArmReply } from "../armClient";

const machineLearning = group("rg-machine-learning");
const collection = `${machineLearning}/providers/Microsoft.MachineLearningServices/workspaces`;
const storageAccount = `${machineLearning}/providers/Microsoft.Storage/storageAccounts/stmlwforecast`;
const keyVault = `${machineLearning}/providers/Microsoft.KeyVault/vaults/kv-mlw-forecast`;
const body = {
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  sku: { name: "Basic", tier: "Basic" },
  properties: { friendlyName: "Second forecast", storageAccount, keyVault, publicNetworkAccess: "Disabled" },
};
const principalOf = (reply: ArmReply): string =>
  (reply.body as { identity: { principalId: string } }).identity.principalId;

describe("machine learning workspaces", () => {
  let azure: LocalAzureForTests;
  let arm: Arm;

  beforeEach(async () => {
    azure = await LocalAzureForTests.open();
    arm = new Arm(azure);
  });
  afterEach(() => azure.close());

  const create = async (id: string, content: object = body): Promise<ArmReply[]> => {
    const accepted = await arm.put("administrator", id, content);
    return arm.follow("administrator", accepted.headers.get("azure-asyncoperation") ?? "");
  };

  it("are made by an operation that Azure-AsyncOperation and Location both tell of", async () => {
    const id = `${collection}/mlw-second`;
    const accepted = await arm.put("administrator", id, body);
    expect(accepted.status).toBe(202);
    const status = accepted.headers.get("azure-asyncoperation") ?? "";
    const prefix = `https://management.azure.com/subscriptions/${subscription.id}/providers/Microsoft.MachineLearningServices/locations/westeurope/workspaceOperationsStatus/`;
    expect(status.startsWith(prefix)).toBe(true);
    expect(accepted.headers.get("location")?.startsWith(prefix)).toBe(true);
    expect((await arm.get("administrator", id)).body).toMatchObject({ properties: { provisioningState: "Creating" } });
    const polls = await arm.follow("administrator", status);
    expect(polls.map((poll) => (poll.body as { status: string }).status)).toEqual(["InProgress", "Succeeded"]);
    expect((await arm.get("administrator", id)).body).toMatchObject({
      id,
      name: "mlw-second",
      type: "Microsoft.MachineLearningServices/workspaces",
      location: "westeurope",
      kind: "Default",
      sku: { name: "Basic", tier: "Basic" },
      identity: { type: "SystemAssigned", tenantId: tenant.id },
      systemData: { createdBy: identities.administrator.clientId, createdByType: "Application" },
      properties: {
        friendlyName: "Second forecast",
        storageAccount,
        keyVault,
        publicNetworkAccess: "Disabled",
        provisioningState: "Succeeded",
        discoveryUrl: "https://westeurope.api.azureml.ms/discovery",
        mlFlowTrackingUri: `azureml://westeurope.api.azureml.ms/mlflow/v1.0${id}`,
        tenantId: tenant.id,
      },
    });
  });

  it("change once at a time", async () => {
    const id = `${collection}/mlw-second`;
    await arm.put("administrator", id, body);
    const during = await arm.send("administrator", "DELETE", id);
    expect([during.status, errorOf(during).code]).toEqual([409, "AnotherOperationInProgress"]);
    azure.clock.advance({ seconds: 5 });
    expect((await arm.send("administrator", "DELETE", id)).status).toBe(202);
  });

  it("have an identity of their own in the directory", async () => {
    const principalId = principalOf(await arm.get("deployer", workspaceId));
    expect(azure.azure.cloud.directory.principal(principalId)).toMatchObject({ kind: "ServicePrincipal" });
  });

  it("are shown to the deployer, who may not change them", async () => {
    expect((await arm.get("deployer", workspaceId)).status).toBe(200);
    expect((await arm.get("consumer", workspaceId)).status).toBe(403);
    const refused = await arm.put("deployer", workspaceId, body);
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
  });

  it("need a storage account and a vault that are there", async () => {
    const put = (properties: object) =>
      arm.put("administrator", `${collection}/mlw-second`, {
        ...body,
        properties: { ...body.properties, ...properties },
      });
    const replies = [
      await put({ keyVault: null }),
      await put({ keyVault: storageAccount }),
      await put({ storageAccount: `${storageAccount}2` }),
      await put({ applicationInsights: "appi-forecast" }),
    ];
    expect(replies.map((reply) => [reply.status, errorOf(reply).code])).toEqual([
      [400, "BadRequest"],
      [400, "ValidationError"],
      [400, "ValidationError"],
      [400, "ValidationError"],
    ]);
    expect(errorOf(replies[2] as ArmReply).message).toContain("stmlwforecast2' of the workspace was not found");
    expect((await arm.get("administrator", `${collection}/mlw-second`)).status).toBe(404);
  });

  it("refuse a name that is not well formed", async () => {
    const reply = await arm.put("administrator", `${collection}/_w`, body);
    expect([reply.status, errorOf(reply).code]).toEqual([400, "ValidationError"]);
  });

  it("are changed by PATCH and listed", async () => {
    const patched = await arm.send("administrator", "PATCH", workspaceId, {
      tags: { team: "forecast" },
      properties: { description: "Forecasts" },
    });
    expect([patched.status, patched.body]).toMatchObject([
      200,
      { tags: { team: "forecast" }, properties: { description: "Forecasts", storageAccount } },
    ]);
    expect((await arm.get("administrator", collection)).body).toMatchObject({ value: [{ name: "mlw-forecast" }] });
  });

  it("keep their name for 14 days after they are deleted", async () => {
    const principalId = principalOf(await arm.get("administrator", workspaceId));
    const accepted = await arm.send("administrator", "DELETE", workspaceId);
    expect(accepted.status).toBe(202);
    const polls = await arm.follow("administrator", accepted.headers.get("location") ?? "");
    expect(polls.map(({ status }) => status)).toEqual([202, 200]);
    expect((await arm.get("administrator", workspaceId)).status).toBe(404);
    expect((await arm.send("administrator", "DELETE", workspaceId)).status).toBe(204);

    const refused = await create(workspaceId);
    expect(refused.at(-1)?.body).toMatchObject({
      status: "Failed",
      error: {
        code: "BadRequest",
        message: "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
      },
    });
    expect((await arm.get("administrator", workspaceId)).status).toBe(404);

    azure.clock.advance({ days: 14 });
    const later = new Arm(azure);
    const made = await later.put("administrator", workspaceId, body);
    await later.follow("administrator", made.headers.get("azure-asyncoperation") ?? "");
    const again = await later.get("administrator", workspaceId);
    expect(again.status).toBe(200);
    expect(principalOf(again)).not.toBe(principalId);
  });

  it("come back with what they had when they are recovered", async () => {
    const before = await arm.get("administrator", workspaceId);
    const deleted = await arm.send("administrator", "DELETE", workspaceId);
    await arm.follow("administrator", deleted.headers.get("location") ?? "");
    const polls = await create(workspaceId, {
      location: "westeurope",
      properties: { allowRecoverSoftDeletedWorkspace: true },
    });
    expect(polls.at(-1)?.body).toMatchObject({ status: "Succeeded" });
    const after = await arm.get("administrator", workspaceId);
    expect(after.body).toMatchObject({ properties: { storageAccount, keyVault } });
    expect(principalOf(after)).toBe(principalOf(before));
  });

  it.each([["live"], ["soft-deleted"]])("free their name when they are purged while %s", async (state) => {
    if (state === "soft-deleted") {
      const deleted = await arm.send("administrator", "DELETE", workspaceId);
      await arm.follow("administrator", deleted.headers.get("location") ?? "");
    }
    const purged = await arm.send("administrator", "DELETE", workspaceId, undefined, "&forceToPurge=true");
    expect(purged.status).toBe(202);
    await arm.follow("administrator", purged.headers.get("location") ?? "");
    const polls = await create(workspaceId);
    expect(polls.at(-1)?.body).toMatchObject({ status: "Succeeded" });
  });

  it("take a user-assigned identity only from those who may assign it", async () => {
    const identity = `${machineLearning}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-ml`;
    const made = await arm.put("administrator", identity, { location: "westeurope" });
    const content = { ...body, identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } } };
    const polls = await create(`${collection}/mlw-second`, content);
    expect(polls.at(-1)?.body).toMatchObject({ status: "Succeeded" });
    const { principalId, clientId } = (made.body as { properties: { principalId: string; clientId: string } })
      .properties;
    expect((await arm.get("administrator", `${collection}/mlw-second`)).body).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: { principalId, clientId } } },
    });

    const role = randomUUID();
    const definitions = `/subscriptions/${subscription.id}/providers/Microsoft.Authorization/roleDefinitions`;
    await arm.put("administrator", `${definitions}/${role}`, {
      properties: {
        roleName: "Workspace writer",
        permissions: [{ actions: ["Microsoft.MachineLearningServices/workspaces/*"] }],
        assignableScopes: [machineLearning],
      },
    });
    await arm.put(
      "administrator",
      `${machineLearning}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
      {
        properties: { roleDefinitionId: `${definitions}/${role}`, principalId: identities.stranger.objectId },
      },
    );
    const refused = await arm.put("stranger", `${collection}/mlw-third`, content);
    expect([refused.status, errorOf(refused).code]).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(errorOf(refused).message).toContain("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action");
  });

  it("give the keys of their storage account to those who may list them", async () => {
    const listed = await arm.send("administrator", "POST", `${workspaceId}/listKeys`);
    const { keys } = (await arm.send("administrator", "POST", `${storageAccount}/listKeys`)).body as {
      keys: { value: string }[];
    };
    expect([listed.status, listed.body]).toMatchObject([
      200,
      { userStorageKey: keys[0]?.value, userStorageResourceId: storageAccount },
    ]);
    const refused = await arm.send("deployer", "POST", `${workspaceId}/listKeys`);
    expect([refused.status, errorOf(refused).code]).toEqual([403, "AuthorizationFailed"]);
    expect((await arm.send("administrator", "POST", `${workspaceId}/resyncKeys`)).status).toBe(200);
  });
});
