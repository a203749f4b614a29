import { resourceGroupId, subscription, tenant } from "../../../local/azure/landingZone/layout";
import {
  accountInputs,
  accountType,
  group,
  secretType,
  vaultInputs,
  vaultProperties,
  vaultType,
} from "./azureNativeInputs";
import { Deployment } from "./deployment";
import { EngineClient } from "./engineClient";
import { UNKNOWN } from "../../support/engineMarks";

jest.setTimeout(60_000);

const none: ReadonlySet<string> = new Set();
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
  describe("Create", () => {
    it("previews what the inputs tell, and leaves the rest unknown", async () => {
      const { id, outputs } = await engine.create(vaultType, "vault", vaultInputs("kv-preview"), true);
      expect(id).toBe("");
      expect(outputs).toMatchObject({
        location: "westeurope",
        name: UNKNOWN,
        azureApiVersion: "2024-11-01",
        properties: { enableRbacAuthorization: true, vaultUri: UNKNOWN, sku: { family: "A", name: "standard" } },
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
