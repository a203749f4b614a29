import { resourceGroupId, subscription, tenant } from "../../../local/azure/landingZone/layout";
import { Deployment } from "./deployment";
import { EngineClient, unknownMark } from "./engineClient";

jest.setTimeout(60_000);

const none: ReadonlySet<string> = new Set();
const vaultType = "azure-native:keyvault:Vault";
const secretType = "azure-native:keyvault:Secret";
const accountType = "azure-native:storage:StorageAccount";
const containerType = "azure-native:storage:BlobContainer";
const roleAssignmentType = "azure-native:authorization:RoleAssignment";
const group = `/subscriptions/${subscription.id}/resourceGroups/rg-daemons`;
const vaultProperties = { tenantId: tenant.id, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true };
const vaultInputs = (vaultName: string): Record<string, unknown> => ({
  resourceGroupName: "rg-daemons",
  location: "westeurope",
  vaultName,
  properties: vaultProperties,
});
const accountInputs = (accountName: string): Record<string, unknown> => ({
  resourceGroupName: "rg-daemons",
  location: "westeurope",
  accountName,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
});

describe("the stand-in for azure-native", () => {
  let deployment: Deployment;
  let engine: EngineClient;

  beforeAll(async () => {
    deployment = await Deployment.open();
    engine = EngineClient.of(deployment.providers.debugProviders, "azure-native");
  });

  afterEach(() => {
    deployment.local.azure.faults.clear();
  });

  afterAll(async () => {
    engine.close();
    await deployment.close();
  });

  it("answers Configure as the real provider does", async () => {
    const answer = await engine.configure("azure-native", { location: "northeurope" });
    expect(answer.toObject()).toEqual({
      acceptsecrets: false,
      supportspreview: true,
      acceptresources: false,
      acceptoutputs: false,
      supportsAutonamingConfiguration: true,
    });
    const { inputs } = await engine.check(vaultType, "vault", {
      resourceGroupName: "rg-daemons",
      properties: vaultProperties,
    });
    expect(inputs["location"]).toBe("northeurope");
    await engine.configure("azure-native", {});
  });

  describe("Check", () => {
    it("names a vault after the resource, with eight digits that follow from the seed", async () => {
      const news = { resourceGroupName: "rg-daemons", properties: vaultProperties };
      const first = await engine.check(vaultType, "vault", news, { seed: "one" });
      const again = await engine.check(vaultType, "vault", news, { seed: "one" });
      const other = await engine.check(vaultType, "vault", news, { seed: "two" });
      expect(first.failures).toEqual([]);
      expect(first.inputs).toEqual({
        ...news,
        location: "westeurope",
        azureApiVersion: "2024-11-01",
        vaultName: expect.stringMatching(/^vault[0-9a-f]{8}$/) as string,
        __createBeforeDelete: true,
      });
      expect(again.inputs["vaultName"]).toBe(first.inputs["vaultName"]);
      expect(other.inputs["vaultName"]).not.toBe(first.inputs["vaultName"]);
    });

    it("keeps the name of the last deployment", async () => {
      const news = { resourceGroupName: "rg-daemons", properties: vaultProperties };
      const { inputs } = await engine.check(vaultType, "vault", news, {
        seed: "new",
        olds: { vaultName: "vault01234567", __createBeforeDelete: true, location: "northeurope" },
      });
      expect(inputs).toMatchObject({ vaultName: "vault01234567", __createBeforeDelete: true, location: "northeurope" });
    });

    it("names a child plainly, and a role assignment by a GUID", async () => {
      const secret = await engine.check(secretType, "credential", {
        resourceGroupName: "rg-daemons",
        vaultName: "vault",
        properties: {},
      });
      expect(secret.inputs).toMatchObject({ secretName: "credential" });
      expect(secret.inputs).not.toHaveProperty("__createBeforeDelete");
      const assignment = await engine.check(roleAssignmentType, "reader", {
        scope: group,
        principalId: tenant.id,
        roleDefinitionId: "role",
      });
      expect(assignment.inputs["roleAssignmentName"]).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
      );
    });

    it("tells every problem at once, in the real provider's words", async () => {
      const { failures } = await engine.check(accountType, "lake", {
        accountName: "st",
        kind: ["StorageV2"],
        isHnsEnabled: "yes",
        networkRuleSet: { ipRules: [{ action: "Allow" }] },
      });
      expect(failures).toEqual([
        "missing required property 'resourceGroupName'",
        "'accountName' is too short (2): at least 3 characters required",
        "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
        "'kind' should be of type 'string' but got an array",
        "missing required property 'sku'",
        "'isHnsEnabled' should be of type 'boolean' but got a string",
        "missing required property 'networkRuleSet.defaultAction'",
        "missing required property 'networkRuleSet.ipRules[0].iPAddressOrRange'",
      ]);
    });

    it("leaves values alone that are not known yet", async () => {
      const { failures, inputs } = await engine.check(containerType, "forecasts", {
        resourceGroupName: unknownMark,
        accountName: unknownMark,
      });
      expect(failures).toEqual([]);
      expect(inputs).toMatchObject({ accountName: unknownMark, containerName: "forecasts" });
    });
  });

  describe("Diff", () => {
    const olds = { inputs: vaultInputs("kv-one"), outputs: {} };

    it("is none for the same inputs, and for another spelling of the location", async () => {
      expect(await engine.diff(vaultType, "vault", olds, vaultInputs("kv-one"))).toMatchObject({ changes: "none" });
      const respelled = { ...vaultInputs("kv-one"), location: "West Europe" };
      expect(await engine.diff(vaultType, "vault", olds, respelled)).toMatchObject({ changes: "none" });
    });

    it("names the path of each change", async () => {
      const news = {
        ...vaultInputs("kv-one"),
        tags: { team: "forecast" },
        properties: { tenantId: tenant.id, sku: { family: "A", name: "premium" } },
      };
      expect((await engine.diff(vaultType, "vault", olds, news)).detailed).toEqual({
        tags: "ADD",
        "properties.sku.name": "UPDATE",
        "properties.enableRbacAuthorization": "DELETE",
      });
    });

    it("replaces for a part of the ID, deleting first where the program chose the name", async () => {
      expect(await engine.diff(vaultType, "vault", olds, vaultInputs("kv-two"))).toEqual({
        changes: "some",
        replaces: ["vaultName"],
        deleteBeforeReplace: true,
        detailed: { vaultName: "UPDATE_REPLACE" },
      });
      const named = { ...olds, inputs: { ...olds.inputs, __createBeforeDelete: true } };
      const { deleteBeforeReplace } = await engine.diff(vaultType, "vault", named, vaultInputs("kv-two"));
      expect(deleteBeforeReplace).toBe(false);
    });

    it("replaces a storage account for its hierarchical namespace, unless it already has what is now stated", async () => {
      const inputs = accountInputs("stone");
      const news = { ...inputs, isHnsEnabled: true };
      const without = { inputs, outputs: { isHnsEnabled: false } };
      expect((await engine.diff(accountType, "lake", without, news)).detailed).toEqual({ isHnsEnabled: "ADD_REPLACE" });
      const has = { inputs, outputs: { isHnsEnabled: true } };
      expect((await engine.diff(accountType, "lake", has, news)).detailed).toEqual({ isHnsEnabled: "ADD" });
    });

    it("replaces for a principal that is not known yet", async () => {
      const inputs = { scope: group, roleAssignmentName: "name", principalId: "one", roleDefinitionId: "role" };
      const news = { ...inputs, principalId: unknownMark };
      const { replaces } = await engine.diff(roleAssignmentType, "reader", { inputs, outputs: {} }, news);
      expect(replaces).toEqual(["principalId"]);
    });
  });

  describe("Create", () => {
    it("previews what the inputs tell, and leaves the rest unknown", async () => {
      const { id, outputs } = await engine.create(vaultType, "vault", vaultInputs("kv-preview"), true);
      expect(id).toBe("");
      expect(outputs).toMatchObject({
        location: "westeurope",
        name: unknownMark,
        azureApiVersion: "2024-11-01",
        properties: { enableRbacAuthorization: true, vaultUri: unknownMark, sku: { family: "A", name: "standard" } },
      });
    });

    it("refuses a resource that is already there", async () => {
      await engine.create(vaultType, "vault", vaultInputs("kv-twice"));
      await expect(engine.create(vaultType, "vault", vaultInputs("kv-twice"))).rejects.toMatchObject({
        details: `cannot create already existing resource '${group}/providers/Microsoft.KeyVault/vaults/kv-twice'`,
      });
    });

    it("passes a refusal on as the real provider prints it", async () => {
      await expect(
        engine.create(vaultType, "vault", { ...vaultInputs("kv-nowhere"), resourceGroupName: "rg-missing" }),
      ).rejects.toMatchObject({
        details: `Status=404 Code="ResourceGroupNotFound" Message="Resource group 'rg-missing' could not be found."`,
      });
    });

    it("repeats what is throttled, at the service's own pace", async () => {
      const before = deployment.providers.requests.retries;
      const answer = { status: 429, headers: { "retry-after": "3600", "retry-after-ms": "1" } };
      deployment.local.azure.faults.add({ matches: ({ method }) => method === "PUT", answer, times: 2 });
      await engine.create(vaultType, "vault", vaultInputs("kv-patient"));
      expect(deployment.providers.requests.retries - before).toBe(2);
    });

    it("gives up at once where waiting does not help", async () => {
      const body = {
        error: { code: "RequestDisallowedByPolicy", message: "Resource 'kv-policy' was disallowed by policy." },
      };
      deployment.local.azure.faults.add({ matches: ({ method }) => method === "PUT", answer: { status: 403, body } });
      await expect(engine.create(vaultType, "vault", vaultInputs("kv-policy"))).rejects.toMatchObject({
        details: `Status=403 Code="RequestDisallowedByPolicy" Message="Resource 'kv-policy' was disallowed by policy."`,
      });
    });

    it("hands a half-made resource to the engine, so that it is not lost", async () => {
      const body = {
        error: { code: "StorageAccountOperationInProgress", message: "Another operation holds the account." },
      };
      deployment.local.azure.faults.add({
        matches: ({ path }) => path.includes("/asyncoperations/"),
        answer: { status: 409, body },
      });
      const error = await engine
        .create(accountType, "lake", accountInputs("sthalfmade"))
        .catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        details: 'Status=409 Code="StorageAccountOperationInProgress" Message="Another operation holds the account."',
      });
      const { metadata } = error as { metadata: { get: (name: string) => Buffer[] } };
      const detail = metadata.get("grpc-status-details-bin")[0]?.toString("utf8") ?? "";
      expect(detail).toContain("pulumirpc.ErrorResourceInitFailed");
      expect(detail).toContain(`${group}/providers/Microsoft.Storage/storageAccounts/sthalfmade`);
    });
  });

  describe("Read", () => {
    it("tells the inputs of a resource that nobody declared yet", async () => {
      const { id } = await engine.create(vaultType, "vault", vaultInputs("kv-import"));
      const found = await engine.read(vaultType, id);
      expect(found.inputs).toMatchObject({
        resourceGroupName: "rg-daemons",
        vaultName: "kv-import",
        location: "westeurope",
        properties: vaultProperties,
      });
      expect(found.inputs["properties"]).not.toHaveProperty("vaultUri");
    });

    it("takes into the inputs what changed at the service, and none of its defaults", async () => {
      const inputs = vaultInputs("kv-drift");
      const { id, outputs } = await engine.create(vaultType, "vault", inputs);
      const patch = { tags: { owner: "nobody" } };
      const url = `https://management.azure.com${id}?api-version=2024-11-01`;
      await deployment.local.call("administrator", "https://management.azure.com/.default", "PATCH", url, patch);
      const found = await engine.read(vaultType, id, { inputs, outputs });
      expect(found.inputs).toEqual({ ...inputs, tags: { owner: "nobody" } });
    });

    it("finds nothing where the resource is gone", async () => {
      const id = `${group}/providers/Microsoft.KeyVault/vaults/kv-gone`;
      expect(await engine.read(vaultType, id, { inputs: vaultInputs("kv-gone") })).toEqual({
        id: "",
        inputs: {},
        outputs: {},
      });
    });
  });

  it("keeps a vault's access policies that somebody else has set", async () => {
    const inputs = {
      ...vaultInputs("kv-policies"),
      properties: { ...vaultProperties, enableRbacAuthorization: false },
    };
    const { id, outputs } = await engine.create(vaultType, "vault", inputs);
    const policy = { tenantId: tenant.id, objectId: subscription.id, permissions: { secrets: ["get"] } };
    const url = `https://management.azure.com${id}?api-version=2024-11-01`;
    await deployment.local.call("administrator", "https://management.azure.com/.default", "PATCH", url, {
      properties: { accessPolicies: [policy] },
    });
    const news = { ...inputs, tags: { team: "forecast" } };
    const updated = await engine.update(vaultType, id, { inputs, outputs }, news);
    expect(updated).toMatchObject({ tags: { team: "forecast" }, properties: { accessPolicies: [policy] } });
    expect((await engine.read(vaultType, id, { inputs: news, outputs: updated })).inputs).toEqual(news);
  });

  it("counts what is already gone as deleted", async () => {
    const inputs = accountInputs("stgone");
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/stgone`;
    await expect(engine.delete(accountType, id, { inputs, outputs: {} })).resolves.toBeUndefined();
  });

  it("deletes a secret through the vault, which needs a right of its own", async () => {
    await engine.create(vaultType, "vault", vaultInputs("kv-secrets"));
    const inputs = {
      resourceGroupName: "rg-daemons",
      vaultName: "kv-secrets",
      secretName: "credential",
      properties: { value: "value", attributes: { expires: 1796083200 } },
    };
    const { id, outputs } = await engine.create(secretType, "credential", inputs);
    expect(outputs["properties"]).toMatchObject({
      attributes: { expires: 1796083200 },
      secretUri: "https://kv-secrets.vault.azure.net/secrets/credential",
    });
    expect(JSON.stringify(outputs)).not.toContain('"value"');
    await expect(engine.delete(secretType, id, { inputs, outputs })).rejects.toMatchObject({
      details: expect.stringContaining("ForbiddenByRbac") as string,
    });
  });

  it("finds what a killed run has made, unless it is somebody else's", async () => {
    const inputs = vaultInputs("kv-pending");
    expect(await deployment.providers.findPending(vaultType, inputs, none)).toBeUndefined();
    const { id } = await engine.create(vaultType, "vault", inputs);
    expect(await deployment.providers.findPending(vaultType, inputs, none)).toEqual({ id });
    expect(await deployment.providers.findPending(vaultType, inputs, new Set([id]))).toBeUndefined();
    const others = { ...inputs, properties: { ...vaultProperties, enableRbacAuthorization: false } };
    expect(await deployment.providers.findPending(vaultType, others, none)).toBeUndefined();
  });

  it("waits for what a killed run has begun to make, since nothing may change it before", async () => {
    const inputs = accountInputs("stbegun");
    const url = `https://management.azure.com${resourceGroupId("rg-daemons")}/providers/Microsoft.Storage/storageAccounts/stbegun?api-version=2024-01-01`;
    const call = (method: "GET" | "PUT", body?: object) =>
      deployment.local.call("administrator", "https://management.azure.com/.default", method, url, body);
    const { kind, location, sku } = inputs;
    expect((await call("PUT", { kind, location, sku })).status).toBe(202);
    // Each look takes a second of local Azure's time, in which the creation goes on.
    const stop = deployment.local.azure.requests.listen(() => deployment.local.clock.advance({ seconds: 1 }));
    expect(await deployment.providers.findPending(accountType, inputs, none)).toEqual({
      id: expect.stringContaining("/storageAccounts/stbegun") as string,
    });
    stop();
    expect((await call("GET")).body).toMatchObject({ properties: { provisioningState: "Succeeded" } });
  });

  it("answers its functions", async () => {
    await engine.create(vaultType, "vault", vaultInputs("kv-function"));
    expect(await engine.invoke("azure-native:authorization:getClientConfig")).toMatchObject({ tenantId: tenant.id });
    const vault = await engine.invoke("azure-native:keyvault:getVault", {
      resourceGroupName: "rg-daemons",
      vaultName: "kv-function",
    });
    expect(vault).toMatchObject({
      name: "kv-function",
      properties: { vaultUri: "https://kv-function.vault.azure.net/" },
    });
    const workspace = await engine.invoke("azure-native:machinelearningservices:getWorkspace", {
      resourceGroupName: "rg-machine-learning",
      workspaceName: "mlw-forecast",
    });
    expect(workspace).toMatchObject({ name: "mlw-forecast", provisioningState: "Succeeded" });
    await expect(engine.invoke("azure-native:network:getVirtualNetwork")).rejects.toMatchObject({
      details: "Invoke type azure-native:network:getVirtualNetwork not found",
    });
  });

  it("says which identity the token endpoint refused, without its secret", async () => {
    await engine.configure("azure-native", { clientSecret: "not-the-secret" });
    await expect(engine.create(vaultType, "vault", vaultInputs("kv-denied"))).rejects.toMatchObject({
      details: expect.stringMatching(
        /^ClientSecretCredential authentication failed[^]*AADSTS7000215(?![^]*not-the-secret)/,
      ) as string,
    });
    await engine.configure("azure-native", {});
  });
});
